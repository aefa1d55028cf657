"""Run the worker: it makes papers and does large imports, outside any request. Several may run, on several machines."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app


class Command(BaseCommand):
    """Runs until it is stopped; an unfinished job is taken up again by the next worker."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jobs", type=int, default=2, help="how many jobs at a time (default 2)")

    def handle(self, *args: Any, jobs: int, **options: Any) -> None:
        connector = app.connector.get_worker_connector()
        with app.replace_connector(connector) as worker_app:
            asyncio.run(self.work(worker_app, jobs))

    async def work(self, worker_app: Any, jobs: int) -> None:
        """Take jobs as they come."""
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                concurrency=jobs,
                wait=True,
                fetch_job_polling_interval=2,
                update_heartbeat_interval=5,
                stalled_worker_timeout=20,
                delete_jobs="successful",
            )
