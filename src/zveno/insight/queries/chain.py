"""Sums of the chain by month and key, and how many customers were served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from zveno.base.scope import Section, current
from zveno.insight.queries.facts import FACTS, NARROWED
from zveno.insight.rules.spans import Span
from zveno.insight.rules.tables import UNKNOWN, Cell, Figure
from zveno.kit.errors import Forbidden
from zveno.kit.period import Period

KEYS = {"distributor": "company_id", "group": "category_id", "region": "region_id"}


class ChainIsTheOperators(Forbidden):
    """The chain is read on the desk only: its figures are made of every partner's sales."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which sales are asked for. Ids of groups and regions are those of the whole subtree, -1 for what has none; None
    narrows nothing.

    `makers` are the companies that are the manufacturer. `company_id` 0 means its direct clients, whom `indirect_only`
    leaves out.
    """

    makers: Sequence[int]
    currency: str = "RUB"
    company_id: int | None = None
    indirect_only: bool = False
    categories: Sequence[int] | None = None
    regions: Sequence[int] | None = None


def monthly(*, step: str, key: str, span: Span, narrowing: Narrowing) -> list[Cell]:
    """Figures of `step` (`primary`, `secondary`) by month and `key` (one of `KEYS`), the period before without months.

    One statement for both periods. Raises ChainIsTheOperators.
    """
    column = KEYS[key]
    params = parameters(Period(span.before.starts_on, span.period.ends_on), narrowing)
    params |= {"now_from": span.period.starts_on, "before_to": span.before.ends_on}
    sql = f"""
        SELECT CASE WHEN day >= %(now_from)s THEN date_trunc('month', day)::date END AS month, {column},
               sum(amount), sum(quantity), count(*), company_id = 0 AS is_direct
        FROM ({FACTS[step]}) AS sold {NARROWED} AND (day >= %(now_from)s OR day < %(before_to)s)
        GROUP BY 1, 2, 6
    """  # noqa: S608 - columns and facts are constants
    return [
        Cell(month, UNKNOWN if key_id is None else key_id, Figure(amount, quantity, lines), is_direct)
        for month, key_id, amount, quantity, lines, is_direct in _fetched(sql, params)
    ]


def customers_served(*, span: Span, narrowing: Narrowing) -> tuple[int, int]:
    """How many customers the distributors sold to, in the period and in the one before; who is not named is not one."""
    params = parameters(Period(span.before.starts_on, span.period.ends_on), narrowing)
    params |= {"now_from": span.period.starts_on, "before_to": span.before.ends_on}
    sql = f"""
        SELECT count(*) FILTER (WHERE now), count(*) FILTER (WHERE before) FROM (
            SELECT bool_or(day >= %(now_from)s) AS now, bool_or(day < %(before_to)s) AS before
            FROM ({FACTS["secondary"]}) AS sold {NARROWED} AND customer <> '' GROUP BY customer
        ) AS served
    """  # noqa: S608 - facts are constants
    now, before = _fetched(sql, params)[0]
    return now, before


def parameters(period: Period, narrowing: Narrowing) -> dict[str, Any]:
    """The parameters that facts and their narrowing take. Raises ChainIsTheOperators outside the desk."""
    if current().section not in (Section.DESK, Section.SYSTEM):
        raise ChainIsTheOperators
    return {
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "currency": narrowing.currency,
        "makers": list(narrowing.makers),
        "company_id": narrowing.company_id,
        "indirect_only": narrowing.indirect_only,
        "categories": None if narrowing.categories is None else list(narrowing.categories),
        "regions": None if narrowing.regions is None else list(narrowing.regions),
    }


def _fetched(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
