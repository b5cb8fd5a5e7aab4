"""Putting a report's work into the queue, in the transaction that makes it needed. One distributor's go one by one."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zveno.base.tx import in_transaction

READ = "zveno.sellout.jobs.read_report"
TAKE = "zveno.sellout.jobs.take_report_lines"


@in_transaction
def defer_reading(*, report_id: int, task_id: int, distributor_id: int) -> None:
    """Let the worker find the layout of an uploaded file."""
    app.configure_task(READ, lock=f"sellout-{distributor_id}").defer(report_id=report_id, task_id=task_id)


@in_transaction
def defer_taking(*, report_id: int, task_id: int, distributor_id: int) -> None:
    """Let the worker take the lines of a report."""
    app.configure_task(TAKE, lock=f"sellout-{distributor_id}").defer(report_id=report_id, task_id=task_id)
