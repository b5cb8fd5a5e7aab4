"""Reports accepted at the same moment count once: by a double click, and two reports on the same days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from tests import racing, world

from zveno.base.audit import history_of
from zveno.base.clock import now
from zveno.base.files import keep
from zveno.base.scope import entered, system_scope
from zveno.sellout.actions.accept_report import accept_report
from zveno.sellout.faults import PeriodCovered
from zveno.sellout.models import Report

pytestmark = pytest.mark.django_db(transaction=True)


def ready(distributor: world.Partner, name: str) -> Report:
    with entered(system_scope("test")):
        stored = keep(pieces=[name.encode()], name=name, now=now(), company_id=distributor.company.pk)
        return Report.objects.create(
            distributor=distributor.company,
            file=stored,
            state="ready",
            uploaded_at=now(),
            period_from=date(2026, 3, 1),
            period_to=date(2026, 4, 1),
        )


def accept(report: Report) -> Any:
    try:
        with transaction.atomic(), entered(system_scope("test")):
            return accept_report(report_id=report.pk, now=now()).state
    except PeriodCovered as fault:
        return fault.params["report_id"]


def test_a_double_click_accepts_once() -> None:
    report = ready(world.seller(distributor=True), "март.xlsx")
    assert racing.at_once(8, lambda _: accept(report)) == ["accepted"] * 8
    with entered(system_scope("test")):
        assert [entry.action for entry in history_of(report)] == ["report_accepted"]


def test_of_two_reports_on_the_same_days_the_second_is_told_of_the_first() -> None:
    distributor, other = world.seller(distributor=True), world.seller(distributor=True)
    rivals = [ready(distributor, "март.xlsx"), ready(distributor, "март 2.xlsx")]
    stranger = ready(other, "март.xlsx")
    told = racing.at_once(5, lambda number: accept([*rivals, *rivals, stranger][number]))
    first = next(report for report in rivals if Report.objects.unscoped("a test looks").get(pk=report.pk).accepted_at)
    second = next(report for report in rivals if report != first)
    assert sorted(map(str, told)) == sorted(["accepted"] * 3 + [str(first.pk)] * 2)
    assert Report.objects.unscoped("a test looks").get(pk=second.pk).state == "ready"
