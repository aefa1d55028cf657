"""Answers kept for as long as the database holds exactly the same.

PostgreSQL names what a statement sees: which transactions are done and which are not. As long as that name stays the same, so
does every answer; the first writing transaction after it gives another name. Nothing here can be stale.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection

Answer = TypeVar("Answer")
MOST = 128  # answers of one process

# A server that was started anew, or a database restored beside the old one, may count its transactions from before.
SNAPSHOT = "select pg_current_snapshot()::text, pg_postmaster_start_time(), current_database()"


class Kept:
    """The answers of one process, the least asked forgotten first. For answers that are small and never changed."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()

    def answer(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """Return the answer that is kept, or ask. Within a transaction it is always asked: its own writes have no name yet."""
        if connection.in_atomic_block:
            return ask()
        with connection.cursor() as cursor:
            cursor.execute(SNAPSHOT)
            now = cursor.fetchone()
        with self._lock:
            known = self._answers.get(question)
            if known is not None and known[0] == now:
                self._answers.move_to_end(question)
                found: Answer = known[1]
                return found
        fresh = ask()  # sees what is named, or more: an answer never says less than its name
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
