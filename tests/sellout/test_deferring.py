"""The queue takes sell-out's work by name; the worker knows these names."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zveno.sellout import jobs
from zveno.sellout.actions import deferring


def test_each_deferred_name_is_a_task() -> None:
    assert deferring.READ == jobs.read_report.name
    assert deferring.TAKE == jobs.take_report_lines.name
    assert {deferring.READ, deferring.TAKE} <= app.tasks.keys()
