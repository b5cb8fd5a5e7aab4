"""How typed text was understood, as chips: each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.kit.period import Period
from zveno.orders.rules.search.reading import Piece, Understood
from zveno.orders.rules.search.sums import SumRange
from zveno.orders.shown import source_word, state_word
from zveno.ui.formats import format_date, format_number
from zveno.ui.navigation import Words
from zveno.ui.pages import Chip, replaced

_FIRST, _FAR = date(2000, 1, 1), date(9000, 1, 1)
_LABELS: Mapping[str, Words] = {
    "inn": gettext_lazy("INN"),
    "period": gettext_lazy("Placed"),
    "sum": gettext_lazy("Sum"),
    "state": gettext_lazy("State"),
    "source": gettext_lazy("Source"),
}


def chips_of(query: QueryDict, understood: Understood) -> list[Chip]:
    """A chip for each recognised piece of the text `q`; lifting one leaves the rest of the text."""
    told = {"state": iter(understood.states), "source": iter(understood.sources), "inn": iter(understood.inns)}
    values: Mapping[str, Callable[[], Words]] = {
        "inn": lambda: next(told["inn"]),
        "state": lambda: state_word(next(told["state"])),
        "source": lambda: source_word(next(told["source"])),
        "period": lambda: period_words(understood.period) if understood.period else "",
        "late": lambda: _("Late ones"),
        "needs": lambda: _("With needs"),
        "noted": lambda: _("With my note"),
    }
    return [_chip(query, piece, values, understood) for piece in understood.pieces]


def period_words(period: Period) -> str:
    """`01.03.2026 – 31.03.2026`; a single day alone; an open end as `from` or `until`."""
    language = translation.get_language() or "en"
    first, last = format_date(period.starts_on, language), format_date(period.last_day, language)
    if period.ends_on > _FAR:
        return _("from %(day)s") % {"day": first}
    if period.starts_on <= _FIRST:
        return _("until %(day)s") % {"day": last}
    return first if period.ends_on - period.starts_on == timedelta(days=1) else f"{first} – {last}"


def sum_words(sums: SumRange) -> str:
    """`from 5 000`, `up to 7 000`, `5 000 – 7 000`; one sum alone."""
    least, most = _figure(sums.least), _figure(sums.most)
    if sums.most is None:
        return _("from %(sum)s") % {"sum": least}
    if sums.least is None:
        return _("up to %(sum)s") % {"sum": most}
    if sums.most - sums.least < 1 and sums.least == sums.least.to_integral_value():
        return least
    return least if sums.least == sums.most else f"{least} – {most}"


def _chip(query: QueryDict, piece: Piece, values: Mapping[str, Callable[[], Words]], understood: Understood) -> Chip:
    if piece.kind == "sum" and understood.sums is not None:
        alone = sum(1 for one in understood.pieces if one.kind == "sum") == 1
        value: Words = sum_words(understood.sums) if alone else piece.text
    else:
        value = values[piece.kind]()
    return Chip(_LABELS.get(piece.kind, ""), value, replaced(query, q=piece.without))


def _figure(value: Decimal | None) -> str:
    if value is None:
        return ""
    digits = 0 if value == value.to_integral_value() else 2
    return format_number(value, translation.get_language() or "en", digits=digits)
