"""Jobs of sell-out: reading a file's layout, taking its lines. One distributor's files are taken one at a time."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from zveno.base import tasks
from zveno.base.clock import now
from zveno.base.jobs import RETRY
from zveno.base.scope import entered, system_scope
from zveno.sellout.actions.read_layout import read_layout
from zveno.sellout.actions.take_lines import take_lines


@app.task(retry=RETRY)
def read_report(report_id: int, task_id: int | None = None) -> None:
    """Find the layout of an uploaded file; where it is remembered, take the lines at once."""
    with tasks.watched(task_id), transaction.atomic(), entered(system_scope("sell-out")):
        if read_layout(report_id=report_id, now=now()):
            take_lines(report_id=report_id, task_id=task_id, now=now())
        tasks.finish(task_id, now=now(), result={"report_id": report_id})


@app.task(retry=RETRY)
def take_report_lines(report_id: int, task_id: int | None = None) -> None:
    """Read every line under the mapping the user chose."""
    with tasks.watched(task_id), transaction.atomic(), entered(system_scope("sell-out")):
        take_lines(report_id=report_id, task_id=task_id, now=now())
        tasks.finish(task_id, now=now(), result={"report_id": report_id})
