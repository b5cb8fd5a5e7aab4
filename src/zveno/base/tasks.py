"""Following long work: a row that says how far it is, written outside the work's own transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from zveno.base.clock import now
from zveno.base.models import Task
from zveno.base.scope import current

_SAY_EVERY_SECONDS = 0.5


def begin(*, kind: str, now: datetime, company_id: int | None, subject_id: int | None = None, total: int = 0) -> Task:
    """A waiting task that the current person may follow."""
    return Task.objects.create(
        kind=kind,
        company_id=company_id,
        user_id=current().user_id,
        subject_id=subject_id,
        total=total,
        created_at=now,
    )


def advance(task_id: int | None, *, done: int, total: int | None = None) -> None:
    """Say how far the task is. Without a task nothing happens."""
    if task_id is None:
        return
    changed: dict[str, Any] = {"done": done, "state": "running"}
    if total is not None:
        changed["total"] = total
    Task.objects.unscoped("the worker reports progress").filter(pk=task_id).update(**changed)


def finish(task_id: int | None, *, now: datetime, result: dict[str, Any], failed: bool = False) -> None:
    """Close the task with what came of it."""
    if task_id is None:
        return
    Task.objects.unscoped("the worker reports the end").filter(pk=task_id).update(
        state="failed" if failed else "done", result=result, finished_at=now
    )


def visible_task(task_id: int) -> Task | None:
    """The task with this id, if the current scope may follow it."""
    return Task.objects.visible_to(current()).filter(pk=task_id).first()


@contextmanager
def watched(task_id: int | None) -> Iterator[None]:
    """Around the work's transaction: what raises marks the task failed, for the page that follows it.

    A later attempt of the job that succeeds marks it done.
    """
    try:
        yield
    except Exception:
        finish(task_id, now=now(), result={}, failed=True)
        raise


@contextmanager
def reporting(task_id: int | None, *, total: int = 0) -> Iterator[Callable[[int], None]]:
    """A callable that says how far the work is, seen at once by the page that follows it.

    It writes over a connection of its own, since the work's transaction is still open, and at most twice a second.
    """
    if task_id is None:
        yield lambda done: None
        return
    aside = connection.copy()
    said_at = 0.0

    def say(done: int) -> None:
        nonlocal said_at
        if time.monotonic() - said_at < _SAY_EVERY_SECONDS:
            return
        said_at = time.monotonic()
        with aside.cursor() as cursor:
            cursor.execute(
                "UPDATE base_task SET done = %s, total = %s, state = 'running' WHERE id = %s", [done, total, task_id]
            )

    try:
        yield say
    finally:
        aside.close()
