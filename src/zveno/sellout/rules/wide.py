"""Columns that repeat under headings: months side by side, a group of columns for each outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zveno.kit.period import Period
from zveno.sellout.rules.columns import Column
from zveno.sellout.rules.periods import period_of
from zveno.sellout.rules.words import kinds_of

_ALL_OF = re.compile(r"\b(итого|всего|total|по всем|на всіх|на всех|усього|разом|все склады|all)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WideGroup:
    """Columns that repeat under one heading: a period, or an outlet's name. `month` alone when no year is told."""

    label: str
    columns: tuple[tuple[str, str], ...]
    period: Period | None = None
    month: int | None = None
    outlet: str = ""


def find_wide(columns: Sequence[Column], year: int | None) -> tuple[WideGroup, ...]:
    """The repeated groups of `columns`; `year` is that of months told without one."""
    return _by_period(columns, year) or _by_outlet(columns)


def _by_period(columns: Sequence[Column], year: int | None) -> tuple[WideGroup, ...]:
    groups: dict[str, tuple[Period | None, int | None, dict[str, str]]] = {}
    for column in columns:
        for depth, name in enumerate(column.path):
            span = period_of(name, year=year)
            if span is None or (kinds_of(name) and kinds_of(name)[0][1] >= 0.95):
                continue
            rest = " ".join((*column.path[:depth], span.rest, *column.path[depth + 1 :])).strip()
            kind = _leaf_kind(column, rest)
            if kind:
                label = name if not span.rest else name.replace(span.rest, "").strip(" ,-/") or name
                held = groups.setdefault(label, (span.period, span.month, {}))
                held[2].setdefault(kind, column.letters)
            break
    return tuple(
        WideGroup(label, tuple((kind, letters) for kind, letters in held.items()), period, month)
        for label, (period, month, held) in groups.items()
        if any(kind in ("quantity", "amount") for kind in held)
    )


def _leaf_kind(column: Column, rest: str) -> str:
    if rest:
        kinds = kinds_of(rest)
        return kinds[0][0] if kinds and kinds[0][0] in ("quantity", "amount", "price", "unit") else ""
    return "quantity" if column.profile.numbers > 0.5 or not column.profile.filled else ""


def _by_outlet(columns: Sequence[Column]) -> tuple[WideGroup, ...]:
    """The same names under different headings: «Склад А: Кол-во, Сумма; Склад Б: Кол-во, Сумма»."""
    held: dict[str, dict[str, str]] = {}
    for column in columns:
        if len(column.path) < 2 or _ALL_OF.search(column.path[0]):
            continue
        kinds = kinds_of(column.path[-1])
        if kinds and kinds[0][0] in ("quantity", "amount", "price", "stock"):
            held.setdefault(column.path[0], {}).setdefault(kinds[0][0], column.letters)
    shapes = {tuple(group) for group in held.values()}
    if len(held) < 2 or len(shapes) != 1 or "stock" in next(iter(shapes)):
        return ()
    return tuple(WideGroup(label, tuple(group.items()), outlet=label) for label, group in held.items())
