"""Answers kept for as long as they hold.

The database counts every statement that writes content (`core_register_version`, a trigger on every table with content) and tells
whether somebody is writing now. As long as the number is the same and nobody writes, so is every answer. After a change an
answer that is `compared` may hold still: it follows from what its statements answered, so these are asked again, and where all
answer the same nothing is made anew. Nothing here can be stale. What is not content (sessions, heartbeats, what was read)
changes no number.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import connection

from core.replica import reads_replica

Answer = TypeVar("Answer")
MOST = 128  # answers of one process
MOST_VALUES = 50_000  # answered by one statement; beyond, comparing costs as much as making
MOST_GIVEN = 1_000  # values that one statement is given: these are kept

# A server that was started anew, or a database restored beside the old one, may count from before.
STATE = """
    select changing, version, pg_postmaster_start_time(), (select oid from pg_database where datname = current_database())
      from core_register_state()
"""
ONE_READING = re.compile(
    r"(?is)[\s(]*(?:select|with)\b(?!.*(?:;|\b(?:insert|update|delete|merge|nextval|setval|set_config)\b))"
)


@dataclass(frozen=True)
class Statement:
    """A question that was asked of the database, and a mark of what it answered."""

    sql: str
    given: Any
    mark: bytes

    def holds(self) -> bool:
        """Ask again; True when the answer is the same."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.given)
            return mark_of(cursor.cursor) == self.mark


def mark_of(cursor: Any) -> bytes | None:
    """Return a mark of all rows that a statement answered; None for a cursor on the server, no rows at all, or too many."""
    result = cursor.pgresult
    if getattr(cursor, "name", None) or result is None or not result.nfields:
        return None
    if result.ntuples * result.nfields > MOST_VALUES:
        return None
    columns = range(result.nfields)
    values = [result.get_value(row, column) for row in range(result.ntuples) for column in columns]
    return hashlib.blake2b(marshal.dumps((result.nfields, values)), digest_size=16).digest()


class Recorder:
    """Writes down the statements by which something is made, as long as each of them can be compared."""

    def __init__(self) -> None:
        self._statements: list[Statement] = []
        self._comparable = True

    @property
    def statements(self) -> list[Statement] | None:
        """All statements; None when one cannot be compared, or when none was seen."""
        return self._statements if self._comparable and self._statements else None

    def __call__(self, execute: Any, sql: Any, given: Any, many: bool, context: Any) -> Any:
        """Execute and write down, as a wrapper of the connection."""
        comparable, self._comparable = self._comparable, False  # and it stays so when the statement fails
        found = execute(sql, given, many, context)
        if comparable and not many and isinstance(sql, str) and ONE_READING.match(sql) and few(given):
            mark = mark_of(context["cursor"].cursor)
            if mark is not None:
                self._statements.append(Statement(sql, given, mark))
                self._comparable = True
        return found


def few(given: Any) -> bool:
    """True when a statement was given few enough values to keep them."""
    values = given.values() if isinstance(given, dict) else given or ()
    return sum(len(value) if isinstance(value, list | tuple) else 1 for value in values) <= MOST_GIVEN


@dataclass(frozen=True)
class Known:
    """An answer, with the state of the register in which it held, and the statements it follows from."""

    answer: Any
    state: Any  # None: somebody was writing
    statements: list[Statement] | None = None  # None: not compared


class Kept:
    """The answers of one process, the least asked forgotten first. For answers that are small and never changed."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Known] = OrderedDict()

    def answer(self, question: Hashable, ask: Callable[[], Answer], *, compared: bool = False) -> Answer:
        """Return the answer that is kept, or ask.

        What is `compared` follows from the question and from what its statements answer: from nothing else that changes.
        It is always asked within a transaction, which may see less, or writes of its own; and of a replica, which may be behind.
        """
        if connection.in_atomic_block or reads_replica():
            return ask()
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            changing, *now = cursor.fetchone()
        with self._lock:
            known = self._answers.get(question)
        if known is not None and not changing and known.state == now:
            return self._keep(question, known)
        # What is asked from here sees what the state stands for, or more: an answer never says less than its state.
        state = None if changing else now
        if known is not None and known.statements and all(one.holds() for one in known.statements):
            return self._keep(question, replace(known, state=state))
        if not compared:
            return self._keep(question, Known(ask(), state))
        recorder = Recorder()
        with connection.execute_wrapper(recorder):
            fresh = ask()
        return self._keep(question, Known(fresh, state, recorder.statements))

    def _keep(self, question: Hashable, known: Known) -> Any:
        with self._lock:
            if known.state is not None or known.statements is not None:
                self._answers[question] = known
                self._answers.move_to_end(question)
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)
        return known.answer

    def forget(self) -> None:
        """Forget every answer."""
        with self._lock:
            self._answers.clear()
