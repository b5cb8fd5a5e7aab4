"""The queue takes sell-out's work by name; the worker knows these names."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zveno.sellout import jobs
from zveno.sellout.actions import deferring


def test_each_deferred_name_is_a_task() -> None:
    assert jobs.read_report.name == deferring.READ
    assert jobs.take_report_lines.name == deferring.TAKE
    assert {deferring.READ, deferring.TAKE} <= app.tasks.keys()
