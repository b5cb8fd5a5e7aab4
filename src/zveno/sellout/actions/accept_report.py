"""A report becomes figures, or is taken back."""

from __future__ import annotations

from datetime import datetime

from zveno.base import events
from zveno.base.audit import record
from zveno.base.locks import Lock, hold
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.kit.errors import NotFound
from zveno.sellout.events import ReportAccepted, ReportWithdrawn
from zveno.sellout.faults import PeriodCovered, ReportClosed, ReportNotReady
from zveno.sellout.models import Report, ReportLine


@in_transaction
def accept_report(*, report_id: int, now: datetime, replace: bool = False, beside: bool = False) -> Report:
    """Count the report's lines. Lines of products that are not the manufacturer's, and lines with a stopping finding,
    stay out; both are told beforehand.

    Where an accepted report of the distributor covers some of the same days, say whether this one replaces it
    (`replace`) or stands beside it (`beside`, another branch). Raises PeriodCovered, ReportNotReady, NotFound.
    """
    report = _locked(report_id)
    if report.state == "accepted":
        return report
    if report.state != "ready":
        raise ReportNotReady(state=report.state, questions=report.summary.get("open_questions", 0))
    # Of two reports on the same days, accepted at once, the second must see the first.
    hold(Lock.REPORTS_OF_DISTRIBUTOR, report.distributor_id)
    covered = _covering(report)
    if covered and not (replace or beside):
        first = covered[0]
        raise PeriodCovered(report_id=first.pk, period_from=str(first.period_from), period_to=str(first.period_to))
    if replace:
        for old in covered:
            _withdraw(old, now)
    lines = ReportLine.objects.visible_to(current()).filter(report=report)
    lines.exclude(matched_by="foreign").exclude(findings__contains=[{"severity": "stop"}]).update(is_counted=True)
    report.state, report.accepted_at = "accepted", now
    report.save(update_fields=["state", "accepted_at"])
    _record("report_accepted", report, now)
    events.publish(ReportAccepted(report_id=report.pk, distributor_id=report.distributor_id))
    return report


@in_transaction
def withdraw_report(*, report_id: int, now: datetime) -> Report:
    """Take a report back: its lines stay readable and no longer count. Repeating it changes nothing.

    Raises NotFound; ReportClosed while its file is being read.
    """
    report = _locked(report_id)
    if report.state in ("reading", "taking"):
        raise ReportClosed(state=report.state)
    if report.state != "withdrawn":
        _withdraw(report, now)
    return report


def _locked(report_id: int) -> Report:
    report = Report.objects.visible_to(current()).select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise NotFound(report=report_id)
    return report


def _covering(report: Report) -> list[Report]:
    accepted = Report.objects.visible_to(current()).filter(distributor_id=report.distributor_id, state="accepted")
    return list(
        accepted.filter(period_from__lt=report.period_to, period_to__gt=report.period_from)
        .select_for_update(of=("self",))
        .order_by("id")
    )


def _withdraw(report: Report, now: datetime) -> None:
    ReportLine.objects.visible_to(current()).filter(report=report, is_counted=True).update(is_counted=False)
    report.state = "withdrawn"
    report.save(update_fields=["state"])
    _record("report_withdrawn", report, now)
    events.publish(ReportWithdrawn(report_id=report.pk, distributor_id=report.distributor_id))


def _record(action: str, report: Report, now: datetime) -> None:
    record(
        action=action,
        subject=report,
        now=now,
        company_id=report.distributor_id,
        seller_id=report.distributor_id,
        name=report.file.name,
    )
