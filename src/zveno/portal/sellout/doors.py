"""Finding what an address names within the walls."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

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
