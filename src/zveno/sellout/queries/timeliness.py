"""Months and reports put together: who reported for which month, and who is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zveno.base.scope import current
from zveno.kit.period import Period
from zveno.partners.queries.distributors import distributors
from zveno.sellout.models import Report
from zveno.sellout.queries.reports import period_from_json
from zveno.sellout.rules.timeliness import MonthStatus, month_status, months_before

_IN_WORK = ("reading", "mapping", "taking", "asking", "ready")
_SHOWN = ("accepted", *_IN_WORK)


@dataclass(frozen=True, slots=True)
class MonthCell:
    """A month of one distributor, with the report to open: the last one that touches it, 0 when there is none."""

    status: MonthStatus
    report_id: int = 0


@dataclass(frozen=True, slots=True)
class DistributorMonths:
    """A row of the matrix. `days_late` is that of the month overdue longest."""

    id: int
    name: str
    region: str
    cells: tuple[MonthCell, ...]

    @property
    def days_late(self) -> int:
        return max((cell.status.days_late for cell in self.cells), default=0)

    @property
    def late(self) -> list[MonthStatus]:
        """The months that are over their due day, oldest first."""
        return [cell.status for cell in self.cells if cell.status.days_late]


def month_matrix(*, today: date, months: int) -> list[DistributorMonths]:
    """Every distributor the scope may see against the last full `months`, the latest ones first, then by name.
    Two statements."""
    shown = months_before(today, months)
    by_distributor = _reports(since=shown[0] if shown else today)
    rows = [
        DistributorMonths(
            one.id, one.name, one.region, _cells(shown, by_distributor[one.id], one.joined_at.date(), today)
        )
        for one in distributors()
    ]
    return sorted(rows, key=lambda row: (-row.days_late, row.name))


def months_of(*, distributor_id: int, joined_on: date | None, today: date, months: int) -> list[MonthCell]:
    """The last full months of one distributor, oldest first. One statement."""
    shown = months_before(today, months)
    reports = _reports(since=shown[0] if shown else today, distributor_id=distributor_id)
    return list(_cells(shown, reports[distributor_id], joined_on, today))


_Row = tuple[int, str, Period]


def _reports(*, since: date, distributor_id: int | None = None) -> dict[int, list[_Row]]:
    rows = Report.objects.visible_to(current()).filter(state__in=_SHOWN)
    rows = rows.filter(Q(period_to__gt=since) | Q(period_to=None))
    if distributor_id is not None:
        rows = rows.filter(distributor_id=distributor_id)
    found: dict[int, list[_Row]] = defaultdict(list)
    columns = ("distributor_id", "id", "state", "period_from", "period_to", "proposal__period")
    for owner, report_id, state, starts_on, ends_on, told in rows.order_by("uploaded_at", "id").values_list(*columns):
        # Before its lines are taken, a report is about the period that the head of its file names.
        period = Period(starts_on, ends_on) if starts_on and ends_on else period_from_json(told)
        if period and period.ends_on > since:
            found[owner].append((report_id, state, period))
    return found


def _cells(shown: Sequence[date], reports: list[_Row], joined_on: date | None, today: date) -> tuple[MonthCell, ...]:
    accepted = [period for _, state, period in reports if state == "accepted"]
    in_work = [period for _, state, period in reports if state != "accepted"]
    # Whoever has reported earlier than it was entered here owes the months since then.
    first = [period.starts_on for period in accepted] + ([joined_on] if joined_on else [])
    owed_since = min(first) if first else None
    cells = []
    for month in shown:
        status = month_status(month, today=today, accepted=accepted, in_work=in_work, owed_since=owed_since)
        cells.append(MonthCell(status, _report_for(month, status, reports)))
    return tuple(cells)


def _report_for(month: date, status: MonthStatus, reports: list[_Row]) -> int:
    touching = [
        (i, state) for i, state, period in reports if period.starts_on <= status.due_on and month < period.ends_on
    ]
    fitting = [i for i, state in touching if (state == "accepted") == (status.state in ("accepted", "partly"))]
    return fitting[-1] if fitting else 0
