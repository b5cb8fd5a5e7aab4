"""What a file means so far: enough to see at a glance whether the columns are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zveno.kit.tables import Place
from zveno.sellout.rules.lines import Item, Problem, RawLine, Skipped
from zveno.sellout.rules.matching import Asked, Match, Verdict, asked_of

_EXAMPLES = 20
_CLOSE = Decimal("0.05")


@dataclass(slots=True)
class Totals:
    """Lines, quantity and amount added up."""

    lines: int = 0
    quantity: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)

    def add(self, line: RawLine) -> None:
        self.lines += 1
        if line.quantity is not None:
            self.quantity += line.quantity
        if line.amount is not None:
            self.amount += line.amount
        elif line.price is not None and line.quantity is not None:
            self.amount += line.price * line.quantity


@dataclass(slots=True)
class Summary:
    """A file's meaning under a mapping. `total` is net of `returns`; an amount not told is price × quantity.

    `stated` counts the file's own totals, `agreeing` those the lines add up to; `disagreement` is the first that does
    not. `unmatched` are the distinct questions without a certain product, with how many lines ask them.
    """

    total: Totals = field(default_factory=Totals)
    returns: Totals = field(default_factory=Totals)
    first_day: date | None = None
    last_day: date | None = None
    months: dict[str, Totals] = field(default_factory=dict)
    products: int = 0
    customers: int = 0
    units: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    unmatched: Counter[Asked] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    problem_examples: list[Problem] = field(default_factory=list)
    stated: int = 0
    agreeing: int = 0
    disagreement: Place | None = None


def summarise(items: Iterable[Item], match: Callable[[Asked], Match | None] | None = None) -> Summary:
    """The summary of what `apply_mapping` gave. `match` looks up a verdict already made; without it nothing is counted
    as matched or not. One pass."""
    summary = Summary()
    asked: Counter[Asked] = Counter()
    customers: set[tuple[str, str, str]] = set()
    since = Totals()
    for item in items:
        if isinstance(item, RawLine):
            _count(summary, item)
            since.add(item)
            asked[asked_of(item)] += 1
            customers.add((item.customer_code, item.customer_inn, item.customer_name))
        elif isinstance(item, Problem):
            summary.problems[item.code] += 1
            if len(summary.problem_examples) < _EXAMPLES:
                summary.problem_examples.append(item)
        else:
            summary.skipped[item.reason] += 1
            if item.reason == "total" and _control(summary, item, since):
                since = Totals()
    summary.products = len(asked)
    summary.customers = len(customers - {("", "", "")})
    if match:
        _verdicts(summary, asked, match)
    return summary


def _count(summary: Summary, line: RawLine) -> None:
    summary.total.add(line)
    if line.is_return:
        summary.returns.add(line)
    if line.unit:
        summary.units[line.unit] += 1
    if line.sold_on is None:
        return
    summary.first_day = min(summary.first_day or line.sold_on, line.sold_on)
    summary.last_day = max(summary.last_day or line.sold_on, line.sold_on)
    month = f"{line.sold_on.year:04}-{line.sold_on.month:02}"
    summary.months.setdefault(month, Totals()).add(line)


def _control(summary: Summary, item: Skipped, since: Totals) -> bool:
    """Holds a stated total against all lines so far and against those since the last total."""
    if item.quantity is None and item.amount is None:
        return False
    summary.stated += 1
    agrees = any(_agrees(item, totals) for totals in (summary.total, since))
    summary.agreeing += agrees
    if not agrees and summary.disagreement is None:
        summary.disagreement = item.place
    return True


def _agrees(item: Skipped, totals: Totals) -> bool:
    told = ((item.quantity, totals.quantity), (item.amount, totals.amount))
    return all(stated is None or abs(stated - counted) <= _CLOSE for stated, counted in told)


def _verdicts(summary: Summary, asked: Counter[Asked], match: Callable[[Asked], Match | None]) -> None:
    for question, lines in asked.items():
        found = match(question)
        verdict = found.verdict if found else Verdict.UNKNOWN
        summary.verdicts[verdict.value] += lines
        if verdict is not Verdict.CERTAIN:
            summary.unmatched[question] += lines
