"""Copies the register out: every table in one snapshot, while others go on writing. Holds a few megabytes at a time."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from core.copies.archive import PART, Manifest, Writer

EMPTY = {
    "django_session",
    "core_session",
    "core_cacheentry",
}  # who is signed in is not kept: after a restore everybody signs in again

TABLES = """
    select c.relname, array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '')
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
     group by c.relname order by c.relname
"""
SEQUENCES = """
    select relname from pg_class where relkind = 'S' and relnamespace = current_schema()::regnamespace order by relname
"""


def version() -> str:
    """Return the program's version."""
    found = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))
    return str(found["project"]["version"])


def copy_out(path: Path, *, at: datetime.datetime, sealed: Iterable[tuple[str, str, str]]) -> tuple[Manifest, str]:
    """Write an archive of the whole register; return its manifest and its SHA-256.

    `sealed` are (table, column with bytes, column with their SHA-256): of each row the hash is reckoned anew from the bytes,
    and one that differs stops the copy. Raises OSError when there is no room; then nothing is left.
    """
    with _snapshot() as own:
        server = own.execute("show server_version").fetchone()
        migrations = own.execute("select app, name from django_migrations order by id").fetchall()
        manifest = Manifest(version(), at.isoformat(), str(server and server[0]), migrations)
        with Writer(path, manifest) as writer:
            for table, columns in own.execute(TABLES.encode()).fetchall():
                manifest.columns[table] = columns
                manifest.rows[table] = 0 if table in EMPTY else _copy_table(own, writer, table, columns)
            for (name,) in own.execute(SEQUENCES.encode()).fetchall():
                query = sql.SQL("select last_value, is_called from {}").format(sql.Identifier(name))
                value = own.execute(query).fetchone()
                manifest.sequences[name] = (value[0], value[1]) if value else (1, False)
            for table, content, digest in (one for one in sealed if one[0] in manifest.columns):
                manifest.sealed[f"{table}.{content}"] = hashes(own, table, content, digest)
    return manifest, writer.sha256


def hashes(own: Any, table: str, content: str, digest: str) -> list[tuple[int, str]]:
    """Return (key, SHA-256 of the bytes) of every row, each reckoned anew. Raises ValueError where a row says otherwise."""
    query = sql.SQL(
        "select id, encode(sha256({content}), 'hex'), {digest} from {table} where {content} is not null order by id"
    )
    found = own.execute(
        query.format(content=sql.Identifier(content), digest=sql.Identifier(digest), table=sql.Identifier(table))
    )
    rows = (found or own).fetchall()
    wrong = [str(key) for key, true, said in rows if true != said]
    if wrong:
        raise ValueError(f"{table}: the bytes of row {', '.join(wrong)} are not what their hash says")
    return [(key, true) for key, true, _said in rows]


def _snapshot() -> psycopg.Connection[Any]:
    """Connect beside Django's connection, in one read-only snapshot."""
    wanted = connection.copy().get_connection_params()
    own: psycopg.Connection[Any] = psycopg.connect(**wanted | {"autocommit": False})
    own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    own.read_only = True
    return own


def _copy_table(own: psycopg.Connection[Any], writer: Writer, table: str, columns: list[str]) -> int:
    """Copy one table in parts; return how many rows it has."""
    query = sql.SQL("copy (select {columns} from {table}) to stdout").format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)), table=sql.Identifier(table)
    )
    held, number, rows = bytearray(), 0, 0
    with own.cursor() as cursor, cursor.copy(query) as copy:
        for row in copy:
            held += row
            rows += 1
            if len(held) >= PART:
                number += 1
                writer.add(table, number, bytes(held))
                held.clear()
    if held:
        writer.add(table, number + 1, bytes(held))
    return rows
