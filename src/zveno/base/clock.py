"""The one place where the time is read; everything below an edge gets it as an argument."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today_at(time_zone: str) -> date:
    """Today's date where `time_zone` (an IANA name) is: dates are the seller's dates."""
    return timezone.now().astimezone(ZoneInfo(time_zone)).date()
