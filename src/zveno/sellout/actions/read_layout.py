"""An uploaded file is opened: its layout is found, and either remembered from before or proposed to the user."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from zveno.base import files
from zveno.base.tabular.reading import read_workbook
from zveno.base.tx import in_transaction
from zveno.kit.errors import Fault
from zveno.kit.tables import Cell, Row, Sheet, Workbook
from zveno.partners.queries.makers import maker_company_ids
from zveno.sellout.actions.faulty import fault_as_json
from zveno.sellout.faults import NoTableFound
from zveno.sellout.models import Layout as LayoutRow
from zveno.sellout.models import Report
from zveno.sellout.rules.fitting import drift, fit_mapping, propose_mapping, resembles
from zveno.sellout.rules.layouts import Layout, likeliest, survey
from zveno.sellout.rules.mapping import Mapping
from zveno.sellout.rules.values import text

PREVIEW_ROWS = 60
_PREVIEW_COLUMNS = 60
_PREVIEW_WIDTH = 120
_PREVIEW_TEXT = 120


@in_transaction
def read_layout(*, report_id: int, now: datetime) -> bool:
    """Open the report's file and find how it is laid out. True when a remembered mapping fits without asking.

    A file that cannot be read refuses the report, with the fault kept for the page; nothing is raised.
    """
    report = Report.objects.unscoped("reading serves the system").select_for_update().get(pk=report_id)
    if report.state != "reading":
        return report.state == "taking"
    try:
        with files.on_disk(report.file) as path:
            workbook = read_workbook(path, report.file.name)
            layouts = survey(workbook)
            chosen = likeliest(layouts)
            if chosen is None:
                raise NoTableFound(sheets=len(workbook.sheets), place=report.file.name)
            mapped = _remembered(report, layouts, now)
            shown = mapped[1] if mapped else chosen
            # A distributor's own pages may not look up whose range it is matched to: the worker notes it for them.
            report.proposal = {
                **proposal_of(workbook, layouts, shown, _changes(report, chosen)),
                "makers": maker_company_ids(),
            }
    except Fault as fault:
        report.state, report.error = "refused", fault_as_json(fault)
        report.save(update_fields=["state", "error"])
        return False
    report.mapping = (mapped[0] if mapped else _first_mapping(report, chosen)).to_json()
    report.sheet, report.signature = report.mapping["sheet"], report.mapping["signature"]
    report.state = "taking" if mapped else "mapping"
    report.save(update_fields=["proposal", "mapping", "sheet", "signature", "state"])
    return mapped is not None


def _current_layouts(report: Report) -> list[LayoutRow]:
    rows = LayoutRow.objects.unscoped("reading serves the system")
    return list(rows.filter(distributor_id=report.distributor_id, replaced_at=None).order_by("-used_at", "-id"))


def _remembered(report: Report, layouts: list[Layout], now: datetime) -> tuple[Mapping, Layout] | None:
    known = {row.signature: row for row in _current_layouts(report)}
    found = next((layout for layout in layouts if layout.signature in known), None)
    if found is None:
        return None
    row = known[found.signature]
    row.used_at, row.uses = now, row.uses + 1
    row.save(update_fields=["used_at", "uses"])
    return fit_mapping(Mapping.from_json(row.mapping), found), found


def _first_mapping(report: Report, layout: Layout) -> Mapping:
    """The sender's last mapping of such a file fitted to what has changed, or a proposal made afresh."""
    last = _resembling(report, layout)
    return fit_mapping(last, layout) if last else propose_mapping(layout)


def _changes(report: Report, layout: Layout) -> list[dict[str, str]]:
    last = _resembling(report, layout)
    return [asdict(change) for change in drift(last, layout)] if last else []


def _resembling(report: Report, layout: Layout) -> Mapping | None:
    """The mapping used last whose file this one resembles."""
    mappings = (Mapping.from_json(row.mapping) for row in _current_layouts(report))
    return next((mapping for mapping in mappings if resembles(mapping, layout)), None)


def proposal_of(
    workbook: Workbook, layouts: list[Layout], chosen: Layout, changes: list[dict[str, str]]
) -> dict[str, Any]:
    """What the mapping page shows: the sheets, the chosen sheet's columns with what they may be, its first rows."""
    return {
        "sheets": [{"name": x.sheet, "rows": x.rows_seen, "likeness": round(x.likeness, 3)} for x in layouts],
        "sheet": chosen.sheet,
        "header_first": chosen.header_first,
        "header_last": chosen.header_last,
        "columns": [
            {
                "letters": column.letters,
                "header": column.header,
                "kind": column.kind,
                "samples": list(column.samples[:3]),
            }
            for column in chosen.columns[:_PREVIEW_COLUMNS]
        ],
        "preview": _preview(workbook[chosen.sheet]),
        "period": _period(chosen),
        "drift": changes,
    }


def _period(layout: Layout) -> list[str]:
    period = layout.preamble.period
    return [period.starts_on.isoformat(), period.ends_on.isoformat()] if period else []


def _preview(sheet: Sheet) -> list[dict[str, Any]]:
    """The first rows from column A on, blank columns included."""
    return [_preview_row(row, list(row.values)[:_PREVIEW_WIDTH]) for row in sheet.head(PREVIEW_ROWS)]


def _preview_row(row: Row, cells: list[Cell]) -> dict[str, Any]:
    """A row as text; `days` are the places of true dates, which a page writes in its reader's way."""
    days = [at for at, cell in enumerate(cells) if isinstance(cell, date)]
    return {"row": row.number, "cells": [text(cell)[:_PREVIEW_TEXT] for cell in cells], "days": days}
