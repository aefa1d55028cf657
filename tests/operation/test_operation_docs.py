"""What the operator reads is true: every setting is documented, every command and setting in the texts exists."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command, get_commands

from core.models import Session

BASE = Path(settings.BASE_DIR)
DOCS = BASE / "docs" / "operations"
READERS = {"text", "flag", "number", "words", "choice", "numbers_by_name", "database_url", "database"}
OURS = {"RUN_STARTED", "EMBEDDED_DATA", "TEST_DATABASE_TEMPLATE"}  # what `./run` tells itself


def read_settings() -> set[str]:
    """Every variable that the program reads through `config.env`, or `run` by itself."""
    found = set()
    for path in [*BASE.glob("config/*.py"), *BASE.glob("core/**/*.py"), *BASE.glob("claims/**/*.py"), BASE / "run"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name) and node.args:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                first = node.args[0]
                by_env = name in READERS and (path.parent.name == "config" or "env." in ast.unparse(node.func))
                by_os = ast.unparse(node.func) in ("os.environ.get", "os.environ.setdefault")
                if (by_env or by_os) and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return (
        {name for name in found if re.fullmatch(r"[A-Z][A-Z_]+", name)}
        - OURS
        - {"DJANGO_SETTINGS_MODULE", "PYTHONPATH"}
    )


def documented() -> set[str]:
    lines = [line for name in ("settings.md", "sign-in.md") for line in (DOCS / name).read_text().splitlines()]
    rows = [line.split("|")[1] for line in lines if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def texts() -> list[Path]:
    return sorted([*DOCS.rglob("*.md"), *DOCS.rglob("*.service"), *DOCS.rglob("*.yaml"), DOCS / "Containerfile"])


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    assert len(read_settings()) > 40
    assert read_settings() - documented() == set(), "write these down in docs/operations/settings.md"
    assert documented() - read_settings() == set(), "nothing reads these any more"


def test_every_command_in_the_texts_exists() -> None:
    pattern = re.compile(r"(?:\./run manage|python manage\.py) ([a-z_]+|--help)")
    named = {(path.name, name) for path in texts() for name in pattern.findall(path.read_text())}
    assert len(named) > 15
    assert not [(path, name) for path, name in sorted(named) if name != "--help" and name not in get_commands()]


def test_every_option_of_a_command_in_the_texts_exists() -> None:
    from django.core.management import load_command_class

    wrong, looked = [], 0
    for path in texts():
        for name, rest in re.findall(r"(?:\./run manage|python manage\.py) ([a-z_]+)([^\n`#&]*)", path.read_text()):
            if name in get_commands():
                known = (
                    load_command_class(get_commands()[name], name)
                    .create_parser("manage.py", name)
                    ._option_string_actions
                )
                for option in re.findall(r"(--[a-z-]+)", rest):
                    looked += 1
                    if option not in known:
                        wrong.append((path.name, name, option))
    assert looked > 8
    assert not wrong


def test_every_setting_in_the_texts_exists() -> None:
    named = {
        (path.name, name) for path in texts() for name in re.findall(r"\b([A-Z]+(?:_[A-Z]+)+)\b", path.read_text())
    }
    others = {"RELEASE_MIGRATIONS", "PYTHONUNBUFFERED", "WORKER_TIMEOUT"}
    assert not [(path, name) for path, name in sorted(named) if name not in documented() | others]


def test_every_link_leads_somewhere() -> None:
    for path in DOCS.glob("*.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
            assert "://" in link or (path.parent / link).exists(), (path.name, link)


def test_the_compose_file_names_what_exists() -> None:
    told = yaml.safe_load((DOCS / "compose.yaml").read_text())
    assert set(told["services"]) == {"database", "migrate", "web", "worker"}
    build = told["services"]["web"]["build"]
    assert (DOCS / build["context"] / build["dockerfile"]).resolve() == (DOCS / "Containerfile").resolve()
    assert {told["services"][name]["deploy"]["replicas"] for name in ("web", "worker")} == {2}
    for service in told["services"].values():
        assert set(service.get("environment", {})) <= documented()


@pytest.mark.parametrize("unit", sorted((DOCS / "systemd").iterdir()), ids=lambda path: path.name)
def test_a_unit_names_what_exists(unit: Path) -> None:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(unit.read_text())
    assert read["Unit"]["Description"].startswith("Claimregister")
    for name in ("ExecStart", "ExecStartPre"):
        command = read.get("Service", name, fallback="")
        assert not command or command.startswith("/srv/claimregister/.venv/bin/")
        for word in command.split():
            if word.endswith(".py"):
                assert (BASE / word).exists(), word


@pytest.mark.django_db
def test_everybody_is_signed_out_at_once(client: object, officer: object, enter: object) -> None:
    signed_in = enter(officer)  # type: ignore[operator]
    assert signed_in.get("/").status_code == 200
    call_command("sign_out_everybody", verbosity=0)
    assert not Session.objects.exists()
    assert signed_in.get("/").status_code == 302
