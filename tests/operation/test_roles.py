"""The application's own role: everything people do works under it, and nothing gets past the ledger's guards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from tests.operation.conftest import address, run, server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET = "only-for-this-test"
DEPLOYED = {"DEBUG": "0", "SECRET_KEY": "0123456789abcdefghij" * 3, "ALLOWED_HOSTS": "register.example"}


@pytest.fixture(scope="module")
def role(full: str, django_db_blocker: Any) -> Iterator[str]:
    """A role that may log in, given what it needs by the command, twice."""
    name = f"register_app_{os.getpid()}"
    with django_db_blocker.unblock(), server("postgres") as own:
        own.execute(sql.SQL("create role {} login password {}").format(sql.Identifier(name), sql.Literal(SECRET)))
    for _time in range(2):
        given = run(address(full), "roles", name)
        assert not given.returncode, given.stderr
    yield name
    with django_db_blocker.unblock():
        with server(full) as own:
            own.execute(sql.SQL("drop owned by {}").format(sql.Identifier(name)))
        with server("postgres") as own:
            own.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))


@pytest.fixture
def app(full: str, role: str) -> Iterator[psycopg.Connection[Any]]:
    with server(full, user=role, password=SECRET) as own:
        yield own


def test_all_that_people_do_is_written_under_the_role(migrated: str, role: str, new_database: Any) -> None:
    """The demo story and the soaks' stage: steps, decisions, money, imports, splits and a frozen paper, written by the role."""
    name = new_database(migrated)
    assert not run(address(name), "roles", role).returncode
    for words in (("load_demo",), ("-m", "tests.operation.full"), ("check_ledger",)):
        played = run(address(name, role, SECRET), *words, DEMO="1")
        assert not played.returncode, played.stderr
    with server(name) as own:
        for table in ("claims_step", "claims_grantentry", "claims_payment", "claims_frozenfile", "claims_claimevent"):
            row = own.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
            assert row
            assert row[0], table
        own.execute(sql.SQL("drop owned by {}").format(sql.Identifier(role)))


PASSING_BY = [
    "alter table claims_step disable trigger append_only",
    "alter table claims_payment disable trigger all",
    "drop trigger append_only on claims_step",
    "truncate claims_payment",
    "truncate core_event",
    "delete from claims_step",
    "update claims_step set remark = 'x'",
    "delete from claims_payment where id = 1",
    "update claims_payment set amount = 1",
    "delete from claims_frozenfile",
    "update claims_frozenfile set content = 'x'",
    "update claims_claimevent set title = 'x'",
    "delete from core_event",
    "update core_event set kind = 'x'",
    "delete from core_exchangerate",
    "insert into django_migrations (app, name, applied) values ('core', 'x', now())",
    "set session_replication_role = replica",
    "create table mine (id int)",
    "create function claims_append_only() returns trigger language plpgsql as 'begin return old; end'",
    "alter function claims_append_only() rename to gone",
    "set role postgres",
    "drop table claims_payment",
]


@pytest.mark.parametrize("statement", PASSING_BY)
def test_what_gets_past_the_guards_is_refused_by_privilege(statement: str, app: psycopg.Connection[Any]) -> None:
    app.execute("select set_config('pgtrigger.ignore', '{claims_claimevent:append_only}', false)")
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute(statement.encode())


def test_the_column_that_may_be_locked_is_still_never_changed(app: psycopg.Connection[Any], full: str) -> None:
    with pytest.raises(errors.CheckViolation):
        app.execute("update claims_payment set id = id + 1000000")


def test_a_total_is_written_by_rows_only(app: psycopg.Connection[Any]) -> None:
    with pytest.raises(errors.CheckViolation):
        app.execute("update claims_envelopetotal set paid = 0")


def test_the_check_finds_no_fault_with_the_role_and_tells_the_owner_what_it_could_do(full: str, role: str) -> None:
    words = ("check", "--deploy", "--database", "default", "--tag", "database")
    fine = run(address(full, role, SECRET), *words, **DEPLOYED)
    assert not fine.returncode, fine.stderr
    owner = run(address(full), *words, **DEPLOYED)
    assert owner.returncode
    assert "claimregister.E001" in owner.stderr
    assert "superuser" in owner.stderr
    with server(full) as own:
        own.execute(sql.SQL("grant delete on claims_payment to {}").format(sql.Identifier(role)))
    try:
        more = run(address(full, role, SECRET), *words, **DEPLOYED)
        assert "it may change or empty claims_payment" in more.stderr
        assert more.stderr.count("claimregister.E001") == 1
    finally:
        assert not run(address(full), "roles", role).returncode
    assert not run(address(full, role, SECRET), *words, **DEPLOYED).returncode, (
        "what was given beyond it was taken away"
    )


def test_the_command_says_what_is_wrong(full: str, role: str) -> None:
    assert "There is no role nobody_knows" in run(address(full), "roles", "nobody_knows").stderr
    printed = run(address(full), "roles", role, "--sql").stdout
    assert f'grant select, insert on "claims_step" to "{role}";' in printed
    assert 'delete on "claims_payment"' not in printed
    itself = run(address(full, role, SECRET), "roles", role)
    assert "Run this as the owner" in itself.stderr


def test_only_the_owner_removes_what_is_past_its_term(full: str, role: str, tmp_path: Path) -> None:
    more = {"DJANGO_SUPERUSER_PASSWORD": "x" * 20, "RETENTION_YEARS": "papers=1", "RETENTION_GROUND": "Lijst"}
    who = ("--username", "beheer", "--name", "Beheer", "--email", "b@example.org")
    made = run(address(full), "createsuperuser", "--noinput", *who, **more)
    assert not made.returncode, made.stderr
    words = ("retention", "--confirm", "0" * 64, "--by", "beheer", "--certificate", str(tmp_path / "c.json"))
    asked = run(address(full, role, SECRET), *words, **more)
    assert "Run this as the owner of the tables." in asked.stderr
    assert "Traceback" not in asked.stderr
    assert not list(tmp_path.iterdir())
