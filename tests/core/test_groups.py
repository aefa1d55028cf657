"""Which groups give which roles: what is read, what is refused, and where groups stand in what a provider tells."""

from pathlib import Path
from typing import Any

import pytest

from core.enums import Role
from core.signin.groups import Given, Unmappable, given_by, groups_of, read_mapping


def test_groups_give_roles_in_a_directorate_or_the_whole_ministry(tmp_path: Path) -> None:
    text = "a: controller\nb: [officer BZ DSH, reader BZ/DMM]\n"
    file = tmp_path / "groups.yaml"
    file.write_text(text)
    for mapping in (read_mapping(text, Role.values), read_mapping(str(file), Role.values)):
        assert given_by(mapping, ["a", "b", "unknown"]) == {
            Given("controller"),
            Given("officer", "BZ DSH"),
            Given("reader", "BZ/DMM"),
        }
        assert given_by(mapping, []) == frozenset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "must name groups"),
        ("a: boss", "unknown role 'boss'"),
        ("a: []", "must have a role"),
        ("a: {officer: x}", "must have a role"),
        ("a: [1]", "must have a role"),
        ("a: [", "not YAML"),
        ("/nowhere.yaml", "cannot be read"),
        ("!!python/object/apply:os.system ['true']", "not YAML"),
    ],
)
def test_what_cannot_be_a_mapping_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(Unmappable, match=said):
        read_mapping(text, Role.values)


@pytest.mark.parametrize(
    ("claims", "path", "found"),
    [
        ({"groups": ["a", "b"]}, "groups", ["a", "b"]),
        ({"groups": "a"}, "groups", ["a"]),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", ["a"]),
        ({"https://x.example/groups": ["a"]}, "https://x.example/groups", ["a"]),
        ({}, "groups", []),
        ({"groups": {"a": 1}}, "groups", []),
        ({"groups": 7}, "groups.more", []),
        ({"groups": [1, None]}, "groups", ["1", "None"]),
    ],
)
def test_groups_are_found_where_the_provider_puts_them(claims: dict[str, Any], path: str, found: list[str]) -> None:
    assert groups_of(claims, path) == found
