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
    with transaction.atomic(), entered(system_scope("sell-out")):
        if read_layout(report_id=report_id, now=now()):
            take_lines(report_id=report_id, task_id=task_id, now=now())
        tasks.finish(task_id, now=now(), result={"report_id": report_id})


@app.task(retry=RETRY)
def take_report_lines(report_id: int, task_id: int | None = None) -> None:
    """Read every line under the mapping the user chose."""
    with transaction.atomic(), entered(system_scope("sell-out")):
        take_lines(report_id=report_id, task_id=task_id, now=now())
        tasks.finish(task_id, now=now(), result={"report_id": report_id})


def defer_reading(*, report_id: int, task_id: int, distributor_id: int) -> None:
    """Queue the reading of an uploaded file, in the caller's transaction."""
    read_report.configure(lock=f"sellout-{distributor_id}").defer(report_id=report_id, task_id=task_id)


def defer_taking(*, report_id: int, task_id: int, distributor_id: int) -> None:
    """Queue the taking of a report's lines, in the caller's transaction."""
    take_report_lines.configure(lock=f"sellout-{distributor_id}").defer(report_id=report_id, task_id=task_id)
