"""What it costs to let an order wait, and which answers of the manager are the likeliest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

_WITHOUT_WISH_DAYS = 14


def waiting_cost(*, total: Decimal, waiting_days: int, wished_on: date | None, today: date) -> Decimal:
    """A figure to sort by: the order's sum, spread over the days left to its date, growing with each day it has waited.

    Without a wished date two weeks are left; a date that has come or passed leaves one day.
    """
    days_left = (wished_on - today).days if wished_on else _WITHOUT_WISH_DAYS - waiting_days
    return total * (1 + waiting_days) / max(1, days_left)


def likely_answers(reasons: Iterable[Mapping[str, Any]], *, all_lines: int) -> tuple[str, str]:
    """The two likeliest answers among `as_is`, `earliest`, `reduce`, `reject`, the likelier first."""
    lacking = [reason for reason in reasons if reason["code"].startswith("not_enough")]
    if not lacking:
        return ("as_is", "reject")
    if all(reason["params"].get("earliest") for reason in lacking):
        return ("earliest", "reduce")
    nothing_left = len(lacking) == all_lines and all(reason["params"].get("covered") == "0" for reason in lacking)
    return ("as_is", "reject") if nothing_left else ("reduce", "as_is")
