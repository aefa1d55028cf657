"""Migrations: what was released is never edited, and what is new does no harm while the program before it still runs.

`tests/released_migrations.txt` lists what was released. At a release: RELEASE_MIGRATIONS=1 ./run test tests/house/test_migrations.py
adds what is new to it; look at what it wrote before keeping it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import models
from django.db.migrations import operations as ops
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration

from core.schema import SqlFile

BASE = Path(settings.BASE_DIR)
LIST = BASE / "tests" / "released_migrations.txt"
FLOORS = ("core", "partners", "results", "claims", "reporting")
WAIVER = re.compile(r"^\s*(?:#|--) safe: .{10,}$", re.MULTILINE)

HARMFUL_SQL = {
    r"\bdrop\s+(?:table|column|schema)\b": "takes away what the program before it still uses",
    r"\brename\s+(?:to|column)\b": "renames what the program before it still uses",
    r"\btruncate\b|\bdelete\s+from\b(?![^;]*\bwhere\b)": "removes rows",
    r"\bset\s+not\s+null\b": "refuses rows that the program before it still writes; add a check `not valid`, validate it later",
    r"\balter\s+(?:column\s+)?\w+\s+type\b": "writes the whole table anew under a lock",
    r"\bcreate\s+(?:unique\s+)?index\s+(?!concurrently)": "keeps writers waiting while it is built; build it concurrently",
}


def migration_files() -> Iterator[Path]:
    """Every file that makes the database: migrations and their SQL."""
    for floor in FLOORS:
        folder = BASE / floor / "migrations"
        yield from sorted(path for path in folder.glob("[0-9]*.py"))
        yield from sorted((folder / "sql").glob("*.sql"))


def released() -> dict[str, str]:
    """Path -> SHA-256 of what was released."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return {
        path: digest for digest, path in (line.split("  ", 1) for line in lines if line and not line.startswith("#"))
    }


def now() -> dict[str, str]:
    return {str(path.relative_to(BASE)): hashlib.sha256(path.read_bytes()).hexdigest() for path in migration_files()}


def changed(listed: dict[str, str], found: dict[str, str]) -> list[str]:
    """What was released and is not as it was, each with what to do."""
    advice = "released migrations are never edited or removed; put it back and add a new one"
    return [
        f"{path} was {'changed' if path in found else 'removed'}: {advice}"
        for path, digest in listed.items()
        if found.get(path) != digest
    ]


def test_what_was_released_is_as_it_was_released() -> None:
    assert len(released()) > 40
    assert not changed(released(), now())
    if os.environ.get("RELEASE_MIGRATIONS"):
        head = "# SHA-256 and path of every migration file that was released; see tests/house/test_migrations.py\n"
        LIST.write_text(
            head + "".join(f"{digest}  {path}\n" for path, digest in sorted(now().items())), encoding="utf-8"
        )


def test_a_change_or_a_removal_is_noticed() -> None:
    listed, found = released(), now()
    first, second = list(listed)[:2]
    said = changed(
        listed, {path: "other" if path == first else digest for path, digest in found.items() if path != second}
    )
    assert [line.split(":")[0] for line in said] == [f"{first} was changed", f"{second} was removed"]
    assert "add a new one" in said[0]


# -- what is new ----------------------------------------------------------------------------------------------------


def harm(migration: Migration, made: set[str], text: str) -> Iterator[str]:
    """Say what would hurt the program that still runs, or keep people waiting. `made` are models that are new in this release."""
    if WAIVER.search(text):
        return
    for operation in migration.operations:
        yield from _harm_of(operation, made)
    yield from sql_harm(text)


def _harm_of(operation: Any, made: set[str]) -> Iterator[str]:
    model = getattr(operation, "model_name_lower", "")
    if isinstance(operation, ops.CreateModel):
        made.add(operation.name_lower)
    elif isinstance(operation, ops.DeleteModel | ops.RemoveField | ops.RenameField | ops.RenameModel):
        yield f"{operation.describe()}: the program before it still uses this; take it away one release later"
    elif model in made:
        return
    elif isinstance(operation, ops.AddField):
        field = operation.field
        if not (field.null or field.many_to_many or field.has_db_default() or isinstance(field, models.GeneratedField)):
            yield f"{operation.describe()}: rows of the program before it have no value; allow null or give db_default"
    elif isinstance(operation, ops.AlterField):
        yield f"{operation.describe()}: may write the table anew, or refuse rows that are there; add, fill and tighten instead"
    elif isinstance(operation, ops.AddIndex):
        if type(operation).__name__ != "AddIndexConcurrently":
            yield f"{operation.describe()}: keeps writers waiting; use AddIndexConcurrently"
    elif isinstance(operation, ops.AddConstraint) and type(operation).__name__ != "AddConstraintNotValid":
        yield f"{operation.describe()}: reads the whole table under a lock; use AddConstraintNotValid and validate it later"
    elif isinstance(operation, ops.RunSQL) and not isinstance(operation, SqlFile):
        yield from sql_harm(str(operation.sql))
    elif isinstance(operation, SqlFile):
        text = (operation.folder / f"{operation.name}.sql").read_text(encoding="utf-8")
        if not WAIVER.search(text):
            yield from sql_harm(text)


def sql_harm(text: str) -> Iterator[str]:
    """Say what a piece of SQL does that hurts; what stands inside functions runs later and is not looked at."""
    outside = re.sub(r"\$(\w*)\$.*?\$\1\$", "", re.sub(r"--[^\n]*", "", text), flags=re.DOTALL).lower()
    for pattern, why in HARMFUL_SQL.items():
        found = re.search(pattern, outside)
        if found:
            yield f"“{' '.join(found[0].split())}” {why}"


def new_migrations() -> list[tuple[Path, Migration]]:
    listed = released()
    loader = MigrationLoader(None)
    found = []
    for (app, name), migration in sorted((loader.disk_migrations or {}).items()):
        path = BASE / app / "migrations" / f"{name}.py"
        if app in FLOORS and str(path.relative_to(BASE)) not in listed:
            found.append((path, migration))
    return found


def test_new_migrations_do_no_harm_while_the_program_before_them_runs() -> None:
    made: set[str] = set()
    said = [
        f"{path.relative_to(BASE)}: {one}"
        for path, migration in new_migrations()
        for one in harm(migration, made, path.read_text(encoding="utf-8"))
    ]
    assert not said, (
        "where it does no harm after all, say why in a line `# safe: …` of the migration (`-- safe: …` of its SQL)"
    )


FIELD = models.CharField(max_length=3)
HARMFUL = [
    ops.RemoveField("claim", "title"),
    ops.DeleteModel("Claim"),
    ops.RenameField("claim", "title", "name"),
    ops.RenameModel("Claim", "Request"),
    ops.AddField("claim", "note", models.CharField(max_length=9)),
    ops.AddField("claim", "note", models.CharField(max_length=9, default="x")),
    ops.AlterField("claim", "title", models.CharField(max_length=9)),
    ops.AddIndex("claim", models.Index(fields=["title"], name="x")),
    ops.AddConstraint("claim", models.CheckConstraint(condition=models.Q(title="x"), name="x")),
    ops.RunSQL("alter table claims_claim drop column title"),
    ops.RunSQL("ALTER TABLE claims_claim ALTER COLUMN title SET NOT NULL"),
    ops.RunSQL("create unique index x on claims_payment (voucher)"),
    ops.RunSQL("alter table claims_claim alter amount type bigint"),
    ops.RunSQL("truncate claims_render"),
]
HARMLESS = [
    ops.AddField("claim", "note", models.CharField(max_length=9, null=True)),
    ops.AddField("claim", "note", models.CharField(max_length=9, db_default="x")),
    ops.AddField("fresh", "note", models.CharField(max_length=9)),
    ops.AddIndex("fresh", models.Index(fields=["title"], name="x")),
    ops.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
    ops.RunSQL("create index concurrently x on claims_payment (voucher)"),
    ops.RunSQL("create function f() returns trigger language plpgsql as $$ begin delete from x; end $$"),
    ops.RunSQL("-- drop table is what this does not do\nselect 1"),
]


@pytest.mark.parametrize("operation", HARMFUL, ids=lambda one: one.describe()[:60])
def test_what_does_harm_is_found(operation: Any) -> None:
    migration = Migration("x", "claims")
    migration.operations = [operation]
    assert list(harm(migration, {"fresh"}, ""))
    assert not list(harm(migration, {"fresh"}, "# safe: the table is empty until the next release\n"))
    assert list(harm(migration, {"fresh"}, "# safe: no\n")), "a reason is more than a word"


@pytest.mark.parametrize("operation", HARMLESS, ids=lambda one: one.describe()[:60])
def test_what_does_no_harm_is_left_alone(operation: Any) -> None:
    migration = Migration("x", "claims")
    migration.operations = [operation]
    assert not list(harm(migration, {"fresh"}, ""))


def test_every_file_of_sql_has_its_reverse() -> None:
    for path in migration_files():
        if path.suffix == ".sql" and not path.name.endswith(".reverse.sql"):
            assert path.with_name(f"{path.stem}.reverse.sql").exists(), path
