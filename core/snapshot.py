"""Answers kept for as long as the register holds exactly the same.

The database counts every statement that writes content (`core_register_version`, a trigger on every table with content) and tells
whether somebody is writing now. As long as the number is the same and nobody writes, so is every answer: nothing here can be
stale. What is not content (sessions, heartbeats, what was read) changes no number.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection

from core.replica import reads_replica

Answer = TypeVar("Answer")
MOST = 128  # answers of one process

# A server that was started anew, or a database restored beside the old one, may count from before.
STATE = """
    select changing, version, pg_postmaster_start_time(), (select oid from pg_database where datname = current_database())
      from core_register_state()
"""


class Kept:
    """The answers of one process, the least asked forgotten first. For answers that are small and never changed."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()

    def answer(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """Return the answer that is kept, or ask.

        It is always asked within a transaction, which may see less, or writes of its own; and of a replica, which may be behind.
        """
        if connection.in_atomic_block or reads_replica():
            return ask()
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            changing, *now = cursor.fetchone()
        if changing:
            return ask()
        with self._lock:
            known = self._answers.get(question)
            if known is not None and known[0] == now:
                self._answers.move_to_end(question)
                found: Answer = known[1]
                return found
        fresh = ask()  # sees what the number stands for, or more: an answer never says less than its number
        with self._lock:
            self._answers[question] = (now, fresh)
            self._answers.move_to_end(question)
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)
        return fresh

    def forget(self) -> None:
        """Forget every answer."""
        with self._lock:
            self._answers.clear()
