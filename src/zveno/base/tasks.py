"""Following long work: a row that says how far it is, written outside the work's own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zveno.base.models import Task
from zveno.base.scope import current


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
