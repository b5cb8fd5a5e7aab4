"""What may stop a sell-out use case, as named facts."""

from __future__ import annotations

from zveno.kit.errors import Conflict, Invalid


class ReportAlreadyUploaded(Conflict):
    """The distributor sent the same bytes before. Params: report_id, uploaded_at, state."""


class NoTableFound(Invalid):
    """No sheet of the file holds rows. Params: sheets."""


class MappingIncomplete(Invalid):
    """Fields without which a sale cannot be told are not mapped. Params: missing (codes)."""


class ReportNotReady(Conflict):
    """The report cannot be accepted yet. Params: questions, stops."""


class ReportClosed(Conflict):
    """The report is accepted or withdrawn and cannot be changed. Params: state."""


class PeriodCovered(Conflict):
    """An accepted report of the distributor covers these days already. Params: report_id, period_from, period_to."""
