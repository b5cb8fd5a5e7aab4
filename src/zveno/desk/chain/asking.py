"""What the address of a chain page asks for: step, cut, period, filters. Nonsense falls back to the usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from zveno.insight.queries.chain import Narrowing
from zveno.insight.queries.dimensions import Dimensions, Tree
from zveno.insight.rules.spans import Span, span_of
from zveno.insight.rules.tables import UNKNOWN
from zveno.kit.period import Period, month_of

STEPS = ("both", "primary", "secondary")
CUTS = ("distributor", "group", "subgroup", "district", "region")
UNITS = ("amount", "quantity")
MONTHS = (1, 3, 6, 12, 24)
DIRECT = 0
"""The company that stands for the manufacturer's direct clients."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One view of the chain. `group` and `region` are nodes of their trees; -1 is what belongs to none."""

    step: str
    cut: str
    unit: str
    span: Span
    currency: str
    distributor: int | None = None
    group: int | None = None
    region: int | None = None
    indirect_only: bool = False

    def narrowing(self, known: Dimensions) -> Narrowing:
        """The same filters as ids of whole subtrees."""
        return Narrowing(
            makers=known.makers,
            currency=self.currency,
            company_id=self.distributor,
            indirect_only=self.indirect_only,
            categories=_below(known.groups, self.group),
            regions=_below(known.regions, self.region),
        )


def asked(query: QueryDict, known: Dimensions, *, today: date) -> Asked:
    """What `query` asks for; a distributor, group or region that is not known narrows nothing."""
    months = _number(query, "months")
    currency = query.get("currency", "")
    company = _number(query, "distributor")
    return Asked(
        step=_choice(query, "step", STEPS),
        cut=_choice(query, "cut", CUTS),
        unit=_choice(query, "unit", UNITS),
        span=span_of(today=today, count=months if months in MONTHS else 12),
        currency=currency if currency in known.currencies else next(iter(known.currencies), "RUB"),
        distributor=company if company == DIRECT or company in known.distributors else None,
        group=_node(query, "group", known.groups),
        region=_node(query, "region", known.regions),
        indirect_only=query.get("indirect") == "1",
    )


def asked_period(query: QueryDict, asked: Asked) -> Period:
    """The month that `query` names (`2026-10`), as far as the span goes; the whole span when it names none."""
    told = query.get("month", "")
    try:
        month = date.fromisoformat(f"{told}-01")
    except ValueError:
        return asked.span.period
    whole, period = month_of(month), asked.span.period
    found = Period(max(whole.starts_on, period.starts_on), min(whole.ends_on, period.ends_on))
    return found if found.starts_on < found.ends_on else period


def _below(tree: Tree, node: int | None) -> list[int] | None:
    if node is None:
        return None
    return [UNKNOWN] if node == UNKNOWN else tree.subtree(node)


def _choice(query: QueryDict, name: str, choices: tuple[str, ...]) -> str:
    told = query.get(name, "")
    return told if told in choices else choices[0]


def _number(query: QueryDict, name: str) -> int | None:
    told = query.get(name, "")
    digits = told.removeprefix("-")
    return int(told) if digits.isascii() and digits.isdigit() and len(digits) < 12 else None


def _node(query: QueryDict, name: str, tree: Tree) -> int | None:
    node = _number(query, name)
    return node if node == UNKNOWN or node in tree.parents else None
