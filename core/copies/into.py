"""Copies an archive into an empty database: all of it, checked, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from graphlib import TopologicalSorter
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from core.copies.archive import Reader, Unreadable
from core.copies.out import SEQUENCES, TABLES, hashes

MARK = (
    "claimregister_restoring"  # a table that is there while a restore is under way, so that a broken one is begun anew
)


class NotEmpty(Exception):
    """There is something in the database; a copy is only put into an empty one."""


def copy_into(
    reader: Reader,
    *,
    sealed: Iterable[tuple[str, str, str]],
    sound: Callable[[], list[str]],
    say: Callable[[str], object],
) -> None:
    """Fill the empty database from the archive, hold every count and hash against it, then bring it up to this program.

    `sound` returns what is wrong with the ledger. Raises Unreadable, NotEmpty or ValueError; the database is empty then.
    """
    _refuse_newer(reader)
    _require_empty()
    with connection.cursor() as cursor:
        cursor.execute(f"create table {MARK} ()")
    try:
        say("making the tables of the copy's program")
        _make_tables(reader)
        told = reader.manifest.sealed
        with transaction.atomic():
            _load(reader, say)
            for table, content, digest in (one for one in sealed if one[0] in reader.manifest.columns):
                with connection.cursor() as cursor:
                    if hashes(cursor, table, content, digest) != _pairs(told.get(f"{table}.{content}", [])):
                        raise ValueError(f"{table}: the hashes are not those of the copy")
            say("reckoning the ledger anew")
            wrong = sound()
            if wrong:
                raise ValueError("The ledger is not sound: " + "; ".join(wrong))
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
                cursor.execute(f"drop table {MARK}")
    except BaseException:
        _empty()
        raise


def _pairs(told: Iterable[Iterable[Any]]) -> list[tuple[int, str]]:
    return [(key, digest) for key, digest in told]


def _refuse_newer(reader: Reader) -> None:
    known = MigrationExecutor(connection).loader.disk_migrations or {}
    unknown = [f"{app} {name}" for app, name in reader.manifest.migrations if (app, name) not in known]
    if unknown:
        raise Unreadable(
            f"The copy was made by a newer program ({reader.manifest.program}): this one does not know {', '.join(unknown[:3])}. "
            "Install that program or a later one, then restore."
        )


def _require_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'v', 'S') and relnamespace = current_schema()::regnamespace"
        )
        found = {row[0] for row in cursor.fetchall()}
    if MARK in found:  # a restore that was killed: nobody has used what it left
        _empty()
    elif found:
        raise NotEmpty(
            f"The database is not empty: it has {len(found)} tables and sequences. A copy is put into a new, empty database; "
            "nothing was changed."
        )


def _empty() -> None:
    """Take away everything that this restore made; the database was empty before."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("select quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        cursor.execute(f"drop schema {schema} cascade")
        cursor.execute(f"create schema {schema}")


def _make_tables(reader: Reader) -> None:
    """Migrate to exactly the migrations that the copy's database had."""
    executor = MigrationExecutor(connection)
    had = set(reader.manifest.migrations)
    graph = executor.loader.graph
    leaves = [node for node in sorted(had) if not any(child.key in had for child in graph.node_map[node].children)]
    executor.migrate(leaves)


def _load(reader: Reader, say: Callable[[str], object]) -> None:
    """Put every row where it was, with the register's own triggers at rest; foreign keys and checks are looked at."""
    manifest = reader.manifest
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = {name: columns for name, columns in cursor.fetchall() if name != MARK}
        if {name: sorted(columns) for name, columns in tables.items()} != {
            name: sorted(columns) for name, columns in manifest.columns.items()
        }:
            raise Unreadable(
                "The copy's tables are not those of its migrations: a migration was edited after its release."
            )
        for name in tables:
            cursor.execute(sql.SQL("alter table {} disable trigger user").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("truncate {}").format(sql.SQL(", ").join(map(sql.Identifier, tables))))
        for name in _parents_first(cursor, tables):
            _load_table(cursor, reader, name)
        say(f"{sum(manifest.rows.values())} rows in {len(tables)} tables")
        cursor.execute(SEQUENCES)
        for (name,) in cursor.fetchall():
            if name in manifest.sequences:
                cursor.execute("select setval(%s::regclass, %s, %s)", [name, *manifest.sequences[name]])
        cursor.execute("set constraints all immediate")
        for name in tables:
            cursor.execute(sql.SQL("alter table {} enable trigger user").format(sql.Identifier(name)))


def _load_table(cursor: Any, reader: Reader, name: str) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, reader.manifest.columns[name]))
    with cursor.copy(sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(name), columns)) as copy:
        for rows in reader.rows(name):
            copy.write(rows)
    cursor.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(name)))
    count = cursor.fetchone()[0]
    if count != reader.manifest.rows[name]:
        raise ValueError(f"{name}: {count} rows came in, and the copy has {reader.manifest.rows[name]}")


def _parents_first(cursor: Any, tables: Iterable[str]) -> Iterable[str]:
    """Order the tables so that a key that is looked at with each row finds its parent."""
    cursor.execute(
        "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint "
        "where contype = 'f' and not condeferrable and conrelid <> confrelid and connamespace = current_schema()::regnamespace"
    )
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(tables, ()))
    for child, parent in cursor.fetchall():
        order.add(child, parent)
    return order.static_order()
