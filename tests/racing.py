"""Many threads at the same moment, each with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Run `work` in `count` threads with a connection each, started together; what they raise is raised."""
    ready = threading.Barrier(count, timeout=30)

    def run(number: int) -> object:
        try:
            connection.ensure_connection()
            ready.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, n) for n in range(count)]]
