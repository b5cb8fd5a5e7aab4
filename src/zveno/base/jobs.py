"""Jobs on procrastinate: retrying, running, and taking up again what a killed worker held."""

from __future__ import annotations

import asyncio
from typing import Any

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

# Transient faults (a lost connection, a lock time-out) are tried again; a Fault is a result, not a reason to retry.
RETRY = RetryStrategy(max_attempts=6, exponential_wait=2)


def run_worker(*, wait: bool = True) -> None:
    """Run jobs and the schedule until SIGTERM, finishing what is held; with `wait` false, until the queue is empty.

    Jobs of a worker whose heart stopped `WORKER_STALLED_AFTER_SECONDS` ago go back into the queue.
    """
    asyncio.run(_work(wait))


async def _work(wait: bool) -> None:
    patience = settings.WORKER_STALLED_AFTER_SECONDS
    running: Any = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with running.open_async():
        watch = asyncio.create_task(_retake(running, patience)) if wait else None
        try:
            await running.run_worker_async(
                wait=wait,
                listen_notify=wait,
                install_signal_handlers=wait,
                delete_jobs="successful",
                update_heartbeat_interval=patience / 3,
                stalled_worker_timeout=patience,
                **settings.PROCRASTINATE_WORKER_DEFAULTS,
            )
        finally:
            if watch:
                watch.cancel()


async def _retake(running: Any, patience: float) -> None:
    while True:
        for job in await running.job_manager.get_stalled_jobs(seconds_since_heartbeat=patience):
            await running.job_manager.retry_job(job)
        await asyncio.sleep(patience / 2)
