"""Sums as people type them: `12 345,60`, `>100000`, `от 5 000 до 7 000`, `100000-200000`, `500 ₽`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_SIGN = r"\s*(?:₽|руб(?:\.|лей|ля)?|р\.?|rub|rur|usd|eur|\$|€)(?!\w)"
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?"
_NUMBER = rf"{_GROUPED}|\d+(?:[.,]\d{{1,2}})?"
_EXACT = re.compile(rf"(?:({_NUMBER}){_SIGN}|({_GROUPED})|(\d+[.,]\d{{2}}))", re.IGNORECASE)
_WORDS = "от|до|свыше|больше|меньше|более|менее|over|above|under|below|from|to"
_BOUND = re.compile(rf"(>=|<=|>|<|≥|≤|{_WORDS})\s*({_NUMBER})(?:{_SIGN})?", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?:от|from|between)\s*({_NUMBER})(?:{_SIGN})?\s*(?:до|to|and|и)\s*({_NUMBER})(?:{_SIGN})?"
    rf"|({_NUMBER})\s*(?:\.\.|…|[–—-])\s*({_NUMBER})(?:{_SIGN})?",
    re.IGNORECASE,
)
_LEAST = {">", ">=", "≥", "от", "свыше", "больше", "более", "over", "above", "from"}
_STRICT = {">", "<", "свыше", "больше", "меньше", "более", "менее", "over", "above", "under", "below"}
_CENT = Decimal("0.01")
_LARGEST = Decimal("99999999999999.99")


@dataclass(frozen=True, slots=True)
class SumRange:
    """Sums from `least` to `most`, both included; `None` is no bound."""

    least: Decimal | None = None
    most: Decimal | None = None


def sum_at(text: str, at: int) -> tuple[SumRange, int] | None:
    """The sum or range of sums that stands in `text` from `at`, and where it ends; `None` when none does.

    A bare whole number is none: it may as well be a part of an order's number. A sum without kopecks means those with
    any. A decimal point needs two digits behind it.
    """
    for pattern, meaning in ((_BETWEEN, _between), (_BOUND, _bound), (_EXACT, _exact)):
        found = pattern.match(text, at)
        if found and _ends(text, found.end()) and (meant := meaning(found)) is not None:
            return meant, found.end()
    return None


def _between(found: re.Match[str]) -> SumRange | None:
    first, last = (found[1], found[2]) if found[1] else (found[3], found[4])
    low, high = _value(first), _value(last)
    if low is None or high is None or low >= high:
        return None
    # 12-15 and 007-123 are rather parts of a number than sums.
    if found[3] and (first.startswith("0") or last.startswith("0") or high < 1000):
        return None
    return SumRange(low, _upper(last, high))


def _bound(found: re.Match[str]) -> SumRange | None:
    word, value = found[1].lower(), _value(found[2])
    if value is None:
        return None
    step = _CENT if word in _STRICT else Decimal(0)
    if word in _LEAST:
        return SumRange(least=value + step)
    return SumRange(most=value - step if step else _upper(found[2], value))


def _exact(found: re.Match[str]) -> SumRange | None:
    text = found[1] or found[2] or found[3]
    value = _value(text)
    return SumRange(value, _upper(text, value)) if value is not None else None


def _value(text: str) -> Decimal | None:
    value = Decimal(re.sub(r"\s", "", text).replace(",", "."))
    return value if value <= _LARGEST else None


def _upper(text: str, value: Decimal) -> Decimal:
    return value if "," in text or "." in text else value + Decimal("0.99")


def _ends(text: str, at: int) -> bool:
    return at == len(text) or text[at].isspace() or text[at] in ",;"
