"""A day that works or rests against what weekday and holidays say."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.delivery.models import CalendarDay


@in_transaction
def set_calendar_day(*, day: date, works: bool | None, note: str, now: datetime) -> None:
    """Say that `day` works or rests; `None` lets it be as weekday and holidays say again."""
    if works is None:
        row = CalendarDay.objects.filter(day=day).first()
        if row is None:
            return
        record(action="calendar_day_lifted", subject=row, now=now, day=day.isoformat())
        row.delete()
        return
    row, _ = CalendarDay.objects.update_or_create(day=day, defaults={"works": works, "note": note[:200]})
    record(action="calendar_day_set", subject=row, now=now, day=day.isoformat(), works=works)
