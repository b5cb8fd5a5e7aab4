"""Ground shared by the benches: a throw-away database brought up to date, stopwatches, peak memory."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh_house() -> Iterator[Path]:
    """A new embedded database with every table, in a temporary data directory that goes with the block."""
    home = Path(tempfile.mkdtemp(prefix="zveno-bench-"))
    home.chmod(0o755)
    os.environ["ZVENO_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zveno.config.settings"
    os.environ["ZVENO_LOG_LEVEL"] = "ERROR"
    from zveno.base import embedded

    address = embedded.start(home)
    os.environ["DATABASE_URL"] = address.url(user=embedded.OWNER)
    os.environ["DATABASE_WEB_URL"] = address.url(user="zveno_web")
    import django

    django.setup()
    from zveno.config.migrate import migrate

    migrate()
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


class Watch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._since


def peak_megabytes() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(rows: list[tuple[str, str]]) -> None:
    """Print a two-column table."""
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"  {name:<{width}}  {value}")
