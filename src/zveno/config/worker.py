"""The worker process: runs jobs and the schedule until SIGTERM, finishing what it holds."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zveno.config.settings")


def main() -> None:
    """Run procrastinate's worker on the owner's connection. A job left by a killed worker is taken up again first."""
    import django

    django.setup()
    from zveno.base.jobs import run_worker

    run_worker()


if __name__ == "__main__":
    main()
