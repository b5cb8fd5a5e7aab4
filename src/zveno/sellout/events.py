"""What happens to reports, for whoever listens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportAccepted:
    """The lines of a report count from now on."""

    report_id: int
    distributor_id: int


@dataclass(frozen=True, slots=True)
class ReportWithdrawn:
    """The lines of a report no longer count."""

    report_id: int
    distributor_id: int
