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
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import connection

from core.replica import reads_replica

Answer = TypeVar("Answer")
MOST = 128  # answers of one process
MOST_CELLS = 50_000  # of one statement; more costs as much as what is made of it
READS = re.compile(r"(?is)\s*(?:select|with)\b(?!.*\b(?:insert|update|delete|merge|nextval|setval)\b)")

# A server that was started anew, or a database restored beside the old one, may count from before.
STATE = """
    select changing, version, pg_postmaster_start_time(), (select oid from pg_database where datname = current_database())
      from core_register_state()
"""


@dataclass(frozen=True)
class Statement:
    """A question that was asked of the database, and a mark of what it answered."""

    sql: str
    given: Any
    answered: bytes

    def holds(self) -> bool:
        """Ask again; True when the answer is the same."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.given)
            return mark_of(cursor.cursor) == self.answered


def mark_of(cursor: Any) -> bytes | None:
    """Return a mark of all rows a statement answered; None when these cannot be told: a write, a cursor on the server, too many."""
    result = cursor.pgresult
    if getattr(cursor, "name", None) or result is None or not result.nfields:
        return None
    if result.ntuples * result.nfields > MOST_CELLS:
        return None
    columns = range(result.nfields)
    cells = [result.get_value(row, column) for row in range(result.ntuples) for column in columns]
    return hashlib.blake2b(marshal.dumps((result.nfields, cells)), digest_size=16).digest()


class Told:
    """Writes down the statements by which something is made; `statements` is None when one of them cannot be compared."""

    def __init__(self) -> None:
        self.statements: list[Statement] | None = []

    def __call__(self, execute: Any, sql: str, given: Any, many: bool, context: Any) -> Any:
        found = execute(sql, given, many, context)
        if self.statements is not None:
            answered = mark_of(context["cursor"].cursor) if READS.match(sql) and not many else None
            if answered is None:
                self.statements = None
            else:
                self.statements.append(Statement(sys.intern(sql), given, answered))
        return found


@dataclass(frozen=True)
class Known:
    """An answer, the state of the register at which it was known to hold, and by which statements that can be told again."""

    answer: Any
    state: Any  # None: somebody was writing
    statements: list[Statement] | None = None


class Kept:
    """The answers of one process, the least asked forgotten first. For answers that are small and never changed."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Known] = OrderedDict()

    def answer(self, question: Hashable, ask: Callable[[], Answer], *, compared: bool = False) -> Answer:
        """Return the answer that is kept, or ask. `compared`: whether it mostly outlives a change elsewhere in the register.

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
        if known is not None and known.statements is not None and all(one.holds() for one in known.statements):
            return self._keep(question, replace(known, state=state))
        if not compared:
            return self._keep(question, Known(ask(), state))
        told = Told()
        with connection.execute_wrapper(told):
            fresh = ask()
        return self._keep(question, Known(fresh, state, told.statements))

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
