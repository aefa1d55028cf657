"""The worker, seen from a page, and what each of its jobs begins with."""

import datetime

from django.db import close_old_connections, connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

SILENT = datetime.timedelta(seconds=20)  # a worker says every five seconds that it lives


def worker_is_running() -> bool:
    """True when some worker has said lately that it lives."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=timezone.now() - SILENT).exists()


def renew_connection() -> None:
    """Let go of a database connection that broke or grew old: a job has no request that does so for it."""
    if not connection.in_atomic_block:
        close_old_connections()
