"""Finding what an address names within the walls, and sending files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpRequest

from zveno.base import files
from zveno.base.sheets import MEDIA_TYPE, Column, Value, workbook
from zveno.partners.queries.actors import Actor
from zveno.sellout.queries.reports import find_report


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; the door has let nobody in without one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def report_or_404(request: HttpRequest, report_id: int) -> Any:
    """The report, if it is the acting company's own; a stranger's is not there."""
    report = find_report(report_id)
    if report is None or report.distributor_id != actor_of(request).company_id:
        raise Http404
    return report


def sent_workbook(name: str, title: object, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> FileResponse:
    """An xlsx as an answer."""
    return FileResponse(
        workbook(title, columns, rows), as_attachment=True, filename=f"{name}.xlsx", content_type=MEDIA_TYPE
    )


def sent_file(stored: Any) -> FileResponse:
    """A stored file as it came, always as a download: what somebody uploaded is never shown as a page of ours."""
    return FileResponse(
        files.stream(stored),
        as_attachment=True,
        filename=stored.name.rsplit("/", 1)[-1],
        content_type="application/octet-stream",
    )
