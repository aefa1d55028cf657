"""Which groups of the sign-in provider give which role where.

The mapping is YAML (or JSON): a group's name with one or more roles, each followed by the code of a directorate or by
nothing for the whole ministry.

    claimregister-controllers: controller
    claimregister-dsh: [officer BZ/DSH, reader BZ/DMM]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


class Unmappable(ValueError):
    """The mapping cannot be used; the message says where and why."""


@dataclass(frozen=True, order=True)
class Given:
    """A role, in the directorate with this code or (empty) in the whole ministry."""

    role: str
    directorate: str = ""


Mapping = dict[str, frozenset[Given]]


def read_mapping(value: str, roles: Iterable[str]) -> Mapping:
    """Read a mapping from its text, or from the file whose absolute path the text is."""
    if value.startswith("/"):
        try:
            value = Path(value).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Unmappable(f"its file cannot be read: {error}") from None
    try:
        found = yaml.safe_load(value) if value.strip() else {}
    except yaml.YAMLError as error:
        raise Unmappable(f"it is not YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(found, dict):
        raise Unmappable("it must name groups with their roles, such as {group: officer BZ/DSH}")
    known = tuple(roles)
    return {str(group): _given(str(group), wanted, known) for group, wanted in found.items()}


def _given(group: str, wanted: Any, known: tuple[str, ...]) -> frozenset[Given]:
    entries = wanted if isinstance(wanted, list) else [wanted]
    if not entries or not all(isinstance(entry, str) and entry.strip() for entry in entries):
        raise Unmappable(f"group {group!r} must have a role, or a list of roles")
    found = set()
    for entry in entries:
        role, _, directorate = entry.strip().partition(" ")
        if role not in known:
            raise Unmappable(f"group {group!r} gives the unknown role {role!r}; the roles are {', '.join(known)}")
        found.add(Given(role, directorate.strip()))
    return frozenset(found)


def given_by(mapping: Mapping, groups: Iterable[str]) -> frozenset[Given]:
    """Return what these groups give together; groups that are not mapped give nothing."""
    return frozenset().union(*(mapping.get(group, frozenset()) for group in groups))


def groups_of(claims: dict[str, Any], path: str) -> list[str]:
    """Return the groups named by a claim; a dot leads inward (`realm_access.roles`), a name with dots is tried first."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for step in path.split("."):
            found = found.get(step) if isinstance(found, dict) else None
    if isinstance(found, str):
        return [found]
    return [str(group) for group in found] if isinstance(found, list) else []
