"""Questions that are put to the database together.

Asked one by one, the database waits while the program reads an answer and words its next question, and the program waits while
the database looks. Put together (PostgreSQL's pipeline mode), the next question lies there already while the program words
another or works on an answer that is there, which may lead to more questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property
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
        """Return the rows of a plain queryset of this model as records."""
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


def record_of(model: type[Record], known: Mapping[str, Any]) -> Record:
    """Return a stored record of which these fields are known, by column name; reading another asks the database for it."""
    return model.from_db(None, (), [known.get(field.attname, DEFERRED) for field in model._meta.concrete_fields])
