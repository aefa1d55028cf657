"""The worker, seen from a page, and what each of its jobs begins with."""

import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django.models import ProcrastinateWorker

TRIES = 3  # of a job that fails by itself
TRIES_WITHOUT_DATABASE = 30  # of one that lost its database or worker: each kill counts as a try
AGAIN = 3  # seconds until a lost database is tried again
SILENT = datetime.timedelta(seconds=20)  # a worker says every five seconds that it lives


def worker_is_running() -> bool:
    """True when some worker has said lately that it lives."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=timezone.now() - SILENT).exists()


def renew_connection() -> None:
    """Let go of a database connection that broke or grew old: a job has no request that does so for it."""
    if not connection.in_atomic_block:
        close_old_connections()


def gives_up(error: BaseException, attempts: int) -> bool:
    """True when a job that failed after so many earlier attempts is not tried again. A lost database is no fault of the job."""
    lost = isinstance(error, OperationalError | InterfaceError)
    return attempts + 1 >= (TRIES_WITHOUT_DATABASE if lost else TRIES)


class Patient(BaseRetryStrategy):
    """Tries a job again: at once when it failed by itself, patiently when the database was lost."""

    def get_retry_decision(self, *, exception: BaseException, job: Any) -> RetryDecision | None:
        """Return when to try again, or None."""
        if gives_up(exception, job.attempts):
            return None
        lost = isinstance(exception, OperationalError | InterfaceError)
        return RetryDecision(retry_in={"seconds": AGAIN if lost else 0})
