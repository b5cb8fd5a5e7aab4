"""The seller's days and money as pages about prices take them: which moment a day stands for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from zveno.base.clock import now, today_at
from zveno.kit.errors import Fault
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.parties import seller_with
from zveno.ui.typed import date_of


def asked_day(request: HttpRequest, time_zone: str) -> date:
    """The day of the address, today by default and where it cannot be read."""
    try:
        return date_of(request.GET.get("day", "")) or today_at(time_zone)
    except Fault:
        return today_at(time_zone)


def moment_of(day: date, time_zone: str) -> datetime:
    """Now for today, else the end of the day: what held when it was over."""
    if day == today_at(time_zone):
        return now()
    begins = datetime.combine(day, time(), ZoneInfo(time_zone))
    return begins + timedelta(days=1, microseconds=-1)


def currency_of(actor: Actor) -> str:
    """The currency that the seller counts in."""
    seller = seller_with(seller_id=actor.company_id)
    return seller.currency if seller else "RUB"
