"""A distributor hands in a file: it is kept as it came, then read by a job."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from zveno.base import files, tasks
from zveno.base.audit import record
from zveno.base.models import StoredFile
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.sellout.actions.deferring import defer_reading
from zveno.sellout.faults import ReportAlreadyUploaded
from zveno.sellout.models import Report


@in_transaction
def upload_report(
    *,
    distributor_id: int,
    pieces: Iterable[bytes],
    name: str,
    now: datetime,
    period_from: date | None = None,
    period_to: date | None = None,
    again: bool = False,
) -> Report:
    """Keep the file and start reading it. `period_from`/`period_to` (half-open days) when the sender says them.

    Raises ReportAlreadyUploaded when the distributor sent the same bytes before and did not withdraw them,
    unless `again`.
    """
    stored = files.keep(pieces=pieces, name=name, now=now, company_id=distributor_id)
    if not again:
        _refuse_repeat(distributor_id, stored)
    report = Report.objects.create(
        distributor_id=distributor_id,
        file=stored,
        state="reading",
        period_from=period_from,
        period_to=period_to,
        uploaded_by_id=current().user_id,
        uploaded_at=now,
    )
    task = tasks.begin(kind="sellout_report", now=now, company_id=distributor_id, subject_id=report.pk)
    record(
        action="report_uploaded",
        subject=report,
        now=now,
        company_id=distributor_id,
        seller_id=distributor_id,
        name=name,
        size=stored.size,
    )
    defer_reading(report_id=report.pk, task_id=task.pk, distributor_id=distributor_id)
    return report


def _refuse_repeat(distributor_id: int, stored: StoredFile) -> None:
    same = Report.objects.visible_to(current()).filter(distributor_id=distributor_id, file__sha256=stored.sha256)
    first = same.exclude(state__in=("withdrawn", "refused")).order_by("uploaded_at").first()
    if first is not None:
        raise ReportAlreadyUploaded(
            report_id=first.pk, uploaded_at=first.uploaded_at.isoformat(), state=first.state, place=stored.name
        )
