"""Questions that are put to the database together.

Asked one by one, the database waits while the program reads an answer and words its next question, and the program waits while
the database looks. Put together (PostgreSQL's pipeline mode), the next question lies there already while the program words
another or works on an answer that is there, which may lead to more questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache, cached_property
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import DEFERRED, Model, QuerySet

from core import replica

Record = TypeVar("Record", bound=Model)


class Answer:
    """What the database answers to one question."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    @cached_property
    def rows(self) -> list[tuple[Any, ...]]:
        """All rows. Waits, where they are not here yet, for the answers to all that was put; raises DatabaseError when one fails."""
        return self._cursor.fetchall() if self._cursor is not None else []

    @property
    def ids(self) -> list[Any]:
        """The first column."""
        return [row[0] for row in self.rows]

    def records(self, model: type[Record]) -> list[Record]:
        """Return the rows of a plain queryset of this model as records: one that fetches nothing else besides."""
        width = len(columns_of(model))
        if any(len(row) != width for row in self.rows):
            raise TypeError(f"These are not the columns of {model.__name__}.")
        return [model.from_db(None, (), row) for row in self.rows]


class Asking:
    """Takes questions, each put as soon as it is asked."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def sql(self, text: str, given: Sequence[Any] = ()) -> Answer:
        """Put a question in SQL; every value is a parameter."""
        cursor, line = self._connection.cursor(), self._connection.connection.pgconn
        cursor.execute(text, given)
        if line.pipeline_status:
            line.send_flush_request()  # else the server keeps this answer until it has those to the questions after it
            line.flush()
        return Answer(cursor)

    def of(self, rows: QuerySet[Any, Any]) -> Answer:
        """Put a queryset's question: of `values_list`, or of whole records. Rows come as the database gives them: no JSON here."""
        try:
            return self.sql(*rows.query.sql_with_params())
        except EmptyResultSet:
            return Answer(None)


@contextmanager
def together() -> Iterator[Asking]:
    """Put questions together. Those that were not read when the block ends are answered by then and may be read later.

    Within the block nothing else is asked of this connection, and no transaction begins; after a question that failed every
    other fails too. A block within a block is part of it.

    Through a pooler that shares connections by transaction they are asked one by one: pgbouncer 1.18 never gives the
    connection of a pipeline back.
    """
    connection = replica.reading()
    connection.close_if_health_check_failed()  # before the pipeline: it asks a question of its own
    connection.ensure_connection()
    pooled = connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
    with connection.wrap_database_errors, nullcontext() if pooled else connection.connection.pipeline():
        yield Asking(connection)


def ids_of(rows: QuerySet[Any, Any] | Sequence[int]) -> tuple[str, list[Any]]:
    """Return the query of ids and what it is given: of those listed, or of the records of a queryset."""
    if not isinstance(rows, QuerySet):
        return "select unnest(%s::bigint[])", [list(rows)]
    try:
        sql, given = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "select null::bigint where false", []
    return sql, list(given)


def by_id(records: Iterable[Record]) -> dict[Any, Record]:
    """Return records by their id."""
    return {record.pk: record for record in records}


@cache
def columns_of(model: type[Model], path: str = "") -> tuple[str, ...]:
    """Return the names of all columns of a model for `values_list`, behind a path to it. Raises TypeError where one is not plain."""
    columns = model._meta.concrete_fields
    if any(hasattr(field, "from_db_value") for field in columns):
        raise TypeError(f"{model.__name__} has a column that is not as the database gives it.")
    return tuple(f"{path}{field.attname}" for field in columns)


def records_of(models: Sequence[type[Model]], row: Sequence[Any]) -> list[Any]:
    """Return a row of all columns of several models, one after another, as records; None for one that is not there."""
    found, start = [], 0
    for model in models:
        end = start + len(columns_of(model))
        found.append(model.from_db(None, (), row[start:end]) if any(v is not None for v in row[start:end]) else None)
        start = end
    return found


def record_of(model: type[Record], known: Mapping[str, Any]) -> Record:
    """Return a stored record of which these fields are known, by column name; reading another asks the database for it."""
    return model.from_db(None, (), [known.get(field.attname, DEFERRED) for field in model._meta.concrete_fields])
