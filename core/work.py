"""The worker, seen from a page."""

import datetime

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

SILENT = datetime.timedelta(seconds=20)  # a worker says every five seconds that it lives


def worker_is_running() -> bool:
    """True when some worker has said lately that it lives."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=timezone.now() - SILENT).exists()
