"""Quantities and dates as people type them: «12», «1 200,5», «0.5», «17.04.2026»."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from zveno.kit.errors import Invalid
from zveno.ui import words

_LONGEST = 24


class NotANumber(Invalid):
    """A quantity was asked for and something else was typed. Params: `typed`."""


class NotADate(Invalid):
    """A date was asked for and something else was typed. Params: `typed`."""


def quantity_of(text: str) -> Decimal:
    """The quantity typed, comma or point, blanks between thousands; an empty field is zero. Raises NotANumber."""
    compact = "".join(text.split()).replace("\u202f", "").replace(",", ".")
    if not compact:
        return Decimal(0)
    try:
        value = Decimal(compact) if len(compact) <= _LONGEST and compact.isascii() else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or "e" in compact.lower():
        raise NotANumber(typed=text.strip()[:40])
    return value


def date_of(text: str) -> date | None:
    """The day typed, `2026-04-17` or `17.04.2026`; None for an empty field. Raises NotADate."""
    told = text.strip()
    if not told:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(told, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise NotADate(typed=told[:40])


words.register(
    {
        "not_a_number": _("“%(typed)s” is not a number. Type a quantity, for example 12 or 0.5."),
        "not_a_date": _("“%(typed)s” is not a date. Type it as 17.04.2026."),
    }
)
