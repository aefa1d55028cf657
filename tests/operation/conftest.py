"""Databases of their own beside the test database, and the program run on them as an operator runs it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from config import env


def server(name: str, **given: Any) -> psycopg.Connection[Any]:
    """Connect to a database of the test server."""
    wanted = connection.get_connection_params() | {"dbname": name, "autocommit": True, "cursor_factory": psycopg.Cursor}
    return psycopg.connect(**wanted | given)


def address(name: str, user: str = "", password: str = "") -> str:
    """Return the address of a database of the test server."""
    kept = connection.settings_dict
    who = user or kept["USER"]
    secret = password or kept["PASSWORD"]
    port = f"&port={kept['PORT']}" if kept["PORT"] else ""
    return f"postgresql://{who}{':' + secret if secret else ''}@/{name}?host={kept['HOST']}{port}"


def run(url: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py (or a module, with `-m`) on a database."""
    start = words if words[0] in ("-m", "-c") else (str(settings.BASE_DIR / "manage.py"), *words)
    return subprocess.run(
        [sys.executable, *start],
        env=os.environ | {"DATABASE_URL": url, "DEBUG": "1", "DEMO": "0"} | more,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@contextlib.contextmanager
def databases(blocker: Any, of: str) -> Iterator[Callable[..., str]]:
    """Provide what makes a database, empty or as a copy of another; all of them go at the end."""
    made: list[str] = []

    def make(template: str = "template0") -> str:
        name = f"own_{of}_{os.getpid()}_{len(made)}"
        with blocker.unblock(), server("postgres") as own:
            query = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
            own.execute(query)
        made.append(name)
        return name

    yield make
    with blocker.unblock(), server("postgres") as own:
        for name in made:
            own.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def new_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., str]]:
    """Make databases; all of them go with the module."""
    with databases(django_db_blocker, "module") as make:
        yield make


@pytest.fixture(scope="session")
def kept_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., str]]:
    """Make databases that the modules copy."""
    with databases(django_db_blocker, "kept") as make:
        yield make


@pytest.fixture(scope="session")
def migrated(kept_database: Any) -> str:
    """A database with tables and reference data, and nothing else; to be copied."""
    template = env.text("TEST_DATABASE_TEMPLATE")
    name: str = kept_database(template) if template else kept_database()
    if not template:
        for command in ("migrate", "load_reference"):
            assert not run(address(name), command).returncode
    return name


@pytest.fixture(scope="session")
def register(migrated: str, kept_database: Any) -> str:
    """A database with granted claims, money and a frozen paper; to be copied."""
    name: str = kept_database(migrated)
    made = run(address(name), "-m", "tests.operation.full")
    assert not made.returncode, made.stderr
    return name


@pytest.fixture(scope="module")
def full(register: str, new_database: Any) -> str:
    """The module's own copy of that register; a test changes nothing in it that another of the module counts on."""
    name: str = new_database(register)
    return name
