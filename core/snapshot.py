"""Answers kept for as long as they hold.

The database counts every statement that writes content (`core_register_version`, a trigger on every table with content) and tells
whether somebody is writing now. As long as the number is the same and nobody writes, so is every answer. After a change an
answer that is made of what was read may hold still: its reading is done again, and where all of it is the same nothing is made
anew. Nothing here can be stale. What is not content (sessions, heartbeats, what was read)
changes no number.
"""

from __future__ import annotations

import hashlib
import marshal
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import connection

from core.replica import reads_replica

Answer = TypeVar("Answer")
Found = TypeVar("Found")
MOST = 128  # answers of one process
MOST_VALUES = 50_000  # answered by one statement; beyond, comparing costs as much as making

# A server that was started anew, or a database restored beside the old one, may count from before.
STATE = """
    select changing, version, pg_postmaster_start_time(), (select oid from pg_database where datname = current_database())
      from core_register_state()
"""


class Reading:
    """Marks what the statements of a reading answer, as a wrapper of the connection."""

    def __init__(self) -> None:
        self._answered: list[Any] = []  # cursors that are still to be answered, and marks
        self._comparable = True

    def __call__(self, execute: Any, sql: Any, given: Any, many: bool, context: Any) -> Any:
        """Execute, and mark the answer or keep its cursor until it has one."""
        comparable, self._comparable = self._comparable, False  # and it stays so when the statement fails
        found = execute(sql, given, many, context)
        cursor = context["cursor"].cursor
        waits = cursor.connection.pgconn.pipeline_status and cursor.pgresult is None
        self._answered.append(cursor if waits else mark_of(cursor))
        self._comparable = comparable and not many and isinstance(sql, str) and ";" not in sql
        return found

    @property
    def silent(self) -> bool:
        """True when nothing was asked."""
        return not self._answered

    def mark(self) -> bytes | None:
        """Return a mark of all that was answered, in its order; None when something cannot be compared, or nothing was asked."""
        marks = [one if one is None or isinstance(one, bytes) else mark_of(one) for one in self._answered]
        if not marks or None in marks or not self._comparable:
            return None
        return hashlib.blake2b(marshal.dumps(marks), digest_size=16).digest()


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


@dataclass(frozen=True)
class Known:
    """An answer, with the state of the register in which it held, and a mark of what it is made of."""

    answer: Any
    state: Any  # None: somebody was writing
    mark: bytes | None = None  # None: not compared


class Kept:
    """The answers of one process, the least asked forgotten first. For answers that are small and never changed."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Known] = OrderedDict()

    def answer(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """Return the answer that is kept, or ask.

        It is always asked within a transaction, which may see less, or writes of its own; and of a replica, which may be behind.
        """
        return self._answer(question, lambda known, state: Known(ask(), state))

    def made(self, question: Hashable, read: Callable[[], Found], make: Callable[[Found], Answer]) -> Answer:
        """Return the answer that is kept, or read and make it of what was found. After a change it is read, and made when that differs.

        An answer follows from the question and from what is read: from nothing else that changes. Where `make` asks the
        database something too, it is made anew after every change.
        """

        def fresh(known: Known | None, state: Any) -> Known:
            reading, making = Reading(), Reading()
            with connection.execute_wrapper(reading):
                found = read()
            mark = reading.mark()
            if known is not None and mark is not None and known.mark == mark:
                return replace(known, state=state)
            with connection.execute_wrapper(making):
                answer = make(found)
            return Known(answer, state, mark if making.silent else None)

        return self._answer(question, fresh)

    def _answer(self, question: Hashable, fresh: Callable[[Known | None, Any], Known]) -> Any:
        if connection.in_atomic_block or reads_replica():
            return fresh(None, None).answer
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            changing, *now = cursor.fetchone()
        with self._lock:
            known = self._answers.get(question)
        if known is None or changing or known.state != now:
            # What is asked from here sees what the state stands for, or more: an answer never says less than its state.
            known = fresh(known, None if changing else now)
        with self._lock:
            if known.state is not None or known.mark is not None:
                self._answers[question] = known
                self._answers.move_to_end(question)
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)
        return known.answer

    def forget(self) -> None:
        """Forget every answer."""
        with self._lock:
            self._answers.clear()
