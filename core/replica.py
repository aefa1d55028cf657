"""Dashboards read from a replica where there is one; everything else, and everybody who wrote just now, from the primary.

Whether the replica is near enough is told by the worker's heartbeat, which the primary writes every five seconds: a replica
whose newest heartbeat is old is behind, or nobody knows; then the primary answers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

PRIMARY, REPLICA = "default", "replica"
LOOK_AGAIN = 5.0  # seconds for which an answer about the replica holds
WROTE = "wrote-just-now"  # a cookie: whoever saved something sees it at once

_reads_replica: ContextVar[bool] = ContextVar("reads_replica", default=False)
_seen: dict[str, float] = {}  # "near" and "far" -> until when that is known
log = logging.getLogger(__name__)

HEARTBEAT = "select coalesce(extract(epoch from now() - max(last_heartbeat)), 'infinity') from procrastinate_workers"


class Router:
    """Sends a dashboard's reads to the replica, all else to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Return where to read."""
        return REPLICA if reads_replica() else PRIMARY

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Return where to write: only the primary."""
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Rows of both are the same register's."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """The replica gets its tables from the primary."""
        return False if db == REPLICA else None


class ReplicaMiddleware:
    """Lets a dashboard read from the replica; asks the primary when the replica is away, behind or gives up half-way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if REPLICA in settings.DATABASES and request.method not in ("GET", "HEAD", "OPTIONS"):
            age = settings.REPLICA_LAG_SECONDS + LOOK_AGAIN
            secure = not settings.DEVELOPMENT
            response.set_cookie(WROTE, "1", max_age=int(age), httponly=True, samesite="Lax", secure=secure)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer from the replica, or None: then the primary is asked in the ordinary way."""
        if not wanted(request, view) or not near():
            return None
        try:
            with reading_replica():
                answer: HttpResponse = view(request, *args, **kwargs)
                return answer
        except DatabaseError:
            log.warning("The replica gave up on a question; the primary answers.", exc_info=True)
            _know("far")
            return None


def wanted(request: HttpRequest, view: Any) -> bool:
    """True for a page of the reporting floor that is only read, by somebody who did not write just now."""
    return (
        REPLICA in settings.DATABASES
        and request.method in ("GET", "HEAD")
        and view.__module__.startswith("reporting.views.")
        and view.__name__ not in ("home", "progress", "file")  # one's own work, and what the worker makes just now
        and WROTE not in request.COOKIES
    )


@contextmanager
def reading_replica() -> Iterator[None]:
    """Send reads to the replica for as long as the block lasts."""
    token = _reads_replica.set(True)
    try:
        yield
    finally:
        _reads_replica.reset(token)


def reads_replica() -> bool:
    """True within a request that the replica answers."""
    return _reads_replica.get()


def reading() -> Any:
    """Return the connection that a question in SQL is asked on, where `Router` sends the others."""
    return connections[REPLICA if reads_replica() else PRIMARY]


def near() -> bool:
    """True when the replica answers and is not further behind than allowed; asked every few seconds only."""
    now = time.monotonic()
    for name in ("near", "far"):
        if _seen.get(name, 0) > now:
            return name == "near"
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(HEARTBEAT)
            behind = cursor.fetchone()[0]
    except DatabaseError:
        log.warning("The replica does not answer; the primary does.")
        behind = None
    found = behind is not None and behind <= settings.REPLICA_LAG_SECONDS
    _know("near" if found else "far")
    return found


def _know(name: str) -> None:
    _seen.clear()
    _seen[name] = time.monotonic() + LOOK_AGAIN
