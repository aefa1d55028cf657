"""Run the worker: it makes papers and does large imports, outside any request. Several may run, on several machines."""

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError

from core import logs

AGAIN = 2  # seconds until a lost database is tried again


async def named_in_logs(call_next: Any, context: Any, worker: Any) -> Any:
    """Give every log line of a job the job's id; the web server's log says which request deferred it."""
    token = logs.job_id.set(str(context.job.id))
    try:
        return await call_next()
    finally:
        logs.job_id.reset(token)


class Command(BaseCommand):
    """Runs until it is stopped, also when the database goes away for a while; an unfinished job is taken up again."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jobs", type=int, default=settings.WORKER_JOBS, help="how many jobs at a time")

    def handle(self, *args: Any, jobs: int, **options: Any) -> None:
        asyncio.run(self.work(jobs))

    async def work(self, jobs: int) -> None:
        """Take jobs as they come until a signal says to stop."""
        stop, loop, met = asyncio.Event(), asyncio.get_running_loop(), False
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        while not stop.is_set():
            try:
                with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
                    async with worker_app.open_async():
                        met = True
                        await self.until_stopped(worker_app, jobs, stop)
            except (ConnectorException, OperationalError):
                if not met:  # it never was there: say so and end
                    raise
            if not stop.is_set():
                self.stderr.write("The database is not there; trying again.")
                await asyncio.sleep(AGAIN)

    async def until_stopped(self, worker_app: Any, jobs: int, stop: asyncio.Event) -> None:
        """Take jobs until a signal says to stop or the database goes away."""
        running = asyncio.create_task(
            worker_app.run_worker_async(
                concurrency=jobs,
                wait=True,
                fetch_job_polling_interval=2,
                update_heartbeat_interval=5,
                stalled_worker_timeout=20,
                delete_jobs="successful",
                worker_middleware=[named_in_logs],
                shutdown_graceful_timeout=settings.WORKER_STOP_SECONDS,
                install_signal_handlers=False,
            )
        )
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in (running, stopping):
            task.cancel()
        await asyncio.gather(running, stopping, return_exceptions=True)
