"""Jobs on procrastinate: deferring, running, and taking up again what a killed worker held."""

from __future__ import annotations

import asyncio

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

# Transient faults (a lost connection, a lock time-out) are tried again; a Fault is a result, not a reason to retry.
RETRY = RetryStrategy(max_attempts=6, exponential_wait=2)
_STALLED_AFTER_SECONDS = 30


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retake_stalled", pass_context=False)
async def retake_stalled(timestamp: int) -> None:
    """Put jobs of workers that stopped beating back into the queue."""
    await _retake()


async def _retake() -> None:
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_AFTER_SECONDS):
        await manager.retry_job(job)


def run_worker(*, wait: bool = True) -> None:
    """Run the worker until it is told to stop; with `wait` false, until the queue is empty."""
    options = dict(settings.PROCRASTINATE_WORKER_DEFAULTS)
    with_connector = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]

    async def work() -> None:
        async with with_connector.open_async():
            await _retake()
            await with_connector.run_worker_async(
                wait=wait, listen_notify=wait, install_signal_handlers=wait, delete_jobs="successful", **options
            )

    asyncio.run(work())
