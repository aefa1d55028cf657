"""Whether a request can be served and a job be done now: the database, its migrations, the worker and its jobs.

Asked over a connection of its own with a short limit, so that a database that hangs cannot hang the answer. The answer
names no address, no name and no version.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.work import SILENT

WORK = """
    select (select count(*) from procrastinate_workers where last_heartbeat > now() - %(silent)s::interval),
           (select count(*) from procrastinate_jobs j left join procrastinate_workers w on w.id = j.worker_id
             where j.status = 'doing' and coalesce(w.last_heartbeat, '-infinity') < now() - %(silent)s::interval),
           count(*), coalesce(extract(epoch from now() - min(since)), 0)
      from (select greatest(coalesce(j.scheduled_at, '-infinity'), (
                     select max(e.at) from procrastinate_events e where e.job_id = j.id)) as since
              from procrastinate_jobs j where j.status = 'todo' and coalesce(j.scheduled_at, '-infinity') <= now()) waiting
"""


@dataclass(frozen=True)
class Readiness:
    """Each part with its state; ready when every part is."""

    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """True when nothing is missing."""
        return all(part["ready"] for part in self.parts.values())


def readiness() -> Readiness:
    """Look at every part. Without a database nothing else can be known."""
    try:
        with _own_connection() as own:
            missing = _migrations() - set(own.execute("select app, name from django_migrations").fetchall())
            parts: dict[str, dict[str, Any]] = {
                "database": {"ready": True},
                "migrations": {"ready": not missing, "missing": len(missing)},
            }
            return Readiness(parts | _work(own))
    except psycopg.Error:
        return Readiness({"database": {"ready": False}})


def _work(own: psycopg.Connection[Any]) -> dict[str, dict[str, Any]]:
    row = own.execute(WORK, {"silent": SILENT}).fetchone()
    workers, stalled, waiting, oldest = row or (0, 0, 0, 0)
    needed = settings.READY_NEEDS_WORKER
    forgotten = oldest > settings.READY_WAITING_SECONDS
    return {
        "worker": {"ready": bool(workers) or not needed, "seen": workers},
        "jobs": {
            "ready": not needed or not (stalled or forgotten),
            "waiting": waiting,
            "oldest_seconds": int(oldest),
            "stalled": stalled,
        },
    }


def _own_connection() -> psycopg.Connection[Any]:
    """Connect beside Django's connection, for a moment, with a limit on the connecting and on each question."""
    own, seconds = connection.copy(), settings.READY_SECONDS
    own.settings_dict["OPTIONS"] = {
        name: value for name, value in own.settings_dict["OPTIONS"].items() if name != "pool"
    }
    wanted = own.get_connection_params() | {
        "autocommit": True,
        "connect_timeout": max(seconds, 2),  # libpq takes no less
        "tcp_user_timeout": seconds * 1000,
    }
    made: psycopg.Connection[Any] = psycopg.connect(**wanted)
    made.execute(f"set statement_timeout = {seconds * 1000}".encode())
    return made


@functools.cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Return every migration of this program, read from disk once."""
    return frozenset(MigrationLoader(None).disk_migrations or {})
