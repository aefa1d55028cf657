"""The worker's own housekeeping."""

from typing import Any

from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: Any, timestamp: int) -> None:
    """Take up again what a worker left unfinished because it was killed or its machine went away."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
