"""The user corrects how a file is read, and says when it is right."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from datetime import date, datetime

from zveno.base import files, tasks
from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tabular.reading import read_workbook
from zveno.base.tx import in_transaction
from zveno.kit.errors import NotFound
from zveno.sellout.actions.deferring import defer_taking
from zveno.sellout.actions.read_layout import proposal_of
from zveno.sellout.faults import MappingIncomplete, ReportClosed
from zveno.sellout.models import Layout, Report
from zveno.sellout.rules.choosing import choose_column, choose_settings, missing_fields, with_period
from zveno.sellout.rules.fitting import propose_mapping
from zveno.sellout.rules.layouts import survey
from zveno.sellout.rules.mapping import Mapping

_MAPPABLE = ("mapping", "asking", "ready")


@in_transaction
def change_mapping(
    *,
    report_id: int,
    columns: Dict[str, str] | None = None,
    settings: Dict[str, str] | None = None,
    period: tuple[date, date] | None = None,
) -> Report:
    """Take the user's corrections: `columns` letters → field (empty: not used), `settings` see `choose_settings`,
    `period` half-open days. Raises NotFound, ReportClosed, ValueError for a choice that does not exist."""
    report = _open_report(report_id)
    mapping = Mapping.from_json(report.mapping or {})
    for letters, field in (columns or {}).items():
        mapping = choose_column(mapping, letters=letters, field=field)
    mapping = choose_settings(mapping, settings or {})
    if period:
        report.period_from, report.period_to = period
        mapping = with_period(mapping, ends_on=period[1])
    report.mapping = mapping.to_json()
    report.state = "mapping"
    report.save(update_fields=["mapping", "period_from", "period_to", "state"])
    return report


@in_transaction
def choose_sheet(*, report_id: int, sheet: str) -> Report:
    """Read another sheet of the same file. Raises NotFound when the report or the sheet is not there."""
    report = _open_report(report_id)
    with files.on_disk(report.file) as path:
        workbook = read_workbook(path, report.file.name)
        layouts = survey(workbook)
        chosen = next((layout for layout in layouts if layout.sheet == sheet), None)
        if chosen is None:
            raise NotFound(sheet=sheet)
        makers = (report.proposal or {}).get("makers", [])
        report.proposal = {**proposal_of(workbook, layouts, chosen, []), "makers": makers}
    mapping = propose_mapping(chosen)
    report.mapping, report.sheet, report.signature = mapping.to_json(), mapping.sheet, mapping.signature
    report.state = "mapping"
    report.save(update_fields=["proposal", "mapping", "sheet", "signature", "state"])
    return report


@in_transaction
def confirm_mapping(*, report_id: int, now: datetime) -> int:
    """Remember the mapping for this distributor and layout, and take the lines by a job. Returns the task to follow.

    Raises MappingIncomplete naming the fields without which a sale cannot be told.
    """
    report = _open_report(report_id)
    mapping = Mapping.from_json(report.mapping or {})
    missing = missing_fields(mapping)
    if missing:
        raise MappingIncomplete(missing=list(missing))
    _remember(report, mapping, now)
    report.state = "taking"
    report.save(update_fields=["state"])
    record(
        action="report_mapped",
        subject=report,
        now=now,
        company_id=report.distributor_id,
        seller_id=report.distributor_id,
        name=report.file.name,
    )
    task = tasks.begin(kind="sellout_report", now=now, company_id=report.distributor_id, subject_id=report.pk)
    defer_taking(report_id=report.pk, task_id=task.pk, distributor_id=report.distributor_id)
    return task.pk


def _open_report(report_id: int) -> Report:
    report = Report.objects.visible_to(current()).select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise NotFound(report=report_id)
    if report.state not in _MAPPABLE:
        raise ReportClosed(state=report.state)
    return report


def _remember(report: Report, mapping: Mapping, now: datetime) -> None:
    layouts = Layout.objects.visible_to(current()).filter(distributor_id=report.distributor_id, replaced_at=None)
    same = layouts.filter(signature=mapping.signature)
    if same.filter(mapping=mapping.to_json()).exists():
        return
    same.update(replaced_at=now)
    Layout.objects.create(
        distributor_id=report.distributor_id,
        signature=mapping.signature,
        header=[list(pair) for pair in mapping.header],
        mapping=mapping.to_json(),
        created_by_id=current().user_id,
        created_at=now,
        used_at=now,
        uses=1,
    )
