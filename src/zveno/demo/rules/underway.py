"""The month that has just begun, as a distributor would send it early: some days, some codes that nobody knows."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from zveno.demo.rules.sellout import Month, Sold

_STRANGE = 9


def month_under_way(months: Iterable[Month], *, distributor: int, today: date, most: int) -> Month:
    """At most `most` lines of this month until yesterday, made of the distributor's last full month."""
    last = [month for month in months if month.distributor == distributor][-1]
    first = today.replace(day=1)
    yesterday = max(today.day - 1, 1)
    moved = [line._replace(sold_on=first.replace(day=min(line.sold_on.day, yesterday))) for line in last.lines[:most]]
    lines = sorted(_with_strange_codes(moved, distributor), key=lambda line: line.sold_on)
    return replace(last, starts_on=first, lines=lines)


def _with_strange_codes(lines: Sequence[Sold], distributor: int) -> list[Sold]:
    chance = random.Random(f"under way:{distributor}")  # noqa: S311 - a made-up world
    found = list(lines)
    known = [(at, line.good) for at, line in enumerate(found) if line.good is not None]
    for at, good in chance.sample(known, min(_STRANGE, len(known))):
        # A new code of the distributor's own, and a name that several of ours may be meant by.
        first = list(good.attributes.values())[1]
        name = f"{good.family.name.replace(f' {good.family.brand}', '')} {first}".upper()
        found[at] = found[at]._replace(good=None, code=f"Н{chance.randrange(10_000, 99_999)}", name=name)
    return found
