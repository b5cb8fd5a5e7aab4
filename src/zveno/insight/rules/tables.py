"""From monthly figures to what a page shows: rows by key with their months, totals and change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

_ZERO = Decimal(0)

UNKNOWN = -1
"""The key of what belongs nowhere: no region told, no group."""
OTHERS = -2
"""The key of the rows that a chart adds up because they are many."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was sold: the sum, the quantity in units of sale, how many lines."""

    amount: Decimal = _ZERO
    quantity: Decimal = _ZERO
    lines: int = 0

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.amount + other.amount, self.quantity + other.quantity, self.lines + other.lines)

    def of(self, unit: str) -> Decimal:
        """The sum for `amount`, the quantity for `quantity`."""
        return self.amount if unit == "amount" else self.quantity


@dataclass(frozen=True, slots=True)
class Cell:
    """One group of a query: the month (None: the period before), the key, the figure; whether to direct clients."""

    month: date | None
    key: int
    figure: Figure
    is_direct: bool = False


@dataclass(slots=True)
class Row:
    """A key's figures: by month, altogether, and in the period before."""

    key: int
    months: dict[date, Figure] = field(default_factory=dict)
    total: Figure = Figure()
    before: Figure = Figure()

    def change(self, unit: str) -> Decimal | None:
        """The change to the period before as a share; None when there was nothing before."""
        return change(self.total.of(unit), self.before.of(unit))


def change(now: Decimal, before: Decimal) -> Decimal | None:
    """The change as a share of what was before; None when there is nothing to compare with."""
    return (now - before) / before if before > 0 else None


def rows_by_key(cells: Iterable[Cell], *, lifted: Callable[[int], int]) -> list[Row]:
    """A row for each key that `lifted` gives (a district for a city), greatest sum first."""
    found: dict[int, Row] = {}
    for cell in cells:
        key = lifted(cell.key)
        row = found.setdefault(key, Row(key))
        if cell.month is None:
            row.before += cell.figure
        else:
            row.months[cell.month] = row.months.get(cell.month, Figure()) + cell.figure
            row.total += cell.figure
    return sorted(found.values(), key=lambda row: (-row.total.amount, -row.before.amount, row.key))


def added_up(rows: Iterable[Row], key: int = OTHERS) -> Row:
    """One row that holds the sum of `rows`."""
    whole = Row(key)
    for row in rows:
        whole.total += row.total
        whole.before += row.before
        for month, figure in row.months.items():
            whole.months[month] = whole.months.get(month, Figure()) + figure
    return whole


def leading(rows: Sequence[Row], count: int) -> list[Row]:
    """The first `count` rows; where there are more, the last of them is the sum of the rest."""
    if len(rows) <= count:
        return list(rows)
    return [*rows[: count - 1], added_up(rows[count - 1 :])]


@dataclass(frozen=True, slots=True)
class Pair:
    """A key on both steps of the chain: what distributors bought and what they sold on."""

    key: int
    bought: Row
    sold_on: Row

    @property
    def passed_on(self) -> Decimal | None:
        """The share of the quantity bought that was sold on; None when nothing was bought."""
        bought = self.bought.total.quantity
        return self.sold_on.total.quantity / bought if bought > 0 else None


def paired(bought: Sequence[Row], sold_on: Sequence[Row]) -> list[Pair]:
    """The rows of both steps by key, greatest first."""
    by_key: defaultdict[int, list[Row | None]] = defaultdict(lambda: [None, None])
    for at, rows in enumerate((bought, sold_on)):
        for row in rows:
            by_key[row.key][at] = row
    pairs = [Pair(key, first or Row(key), second or Row(key)) for key, (first, second) in by_key.items()]
    return sorted(pairs, key=lambda p: (-(p.bought.total.amount + p.sold_on.total.amount), p.key))


def lift(parents: Mapping[int, int | None], *, depth: int) -> Callable[[int], int]:
    """How a node of a tree is lifted to its ancestor `depth` steps below the root (the root's own depth is 0).

    A node higher than that stands for itself; a key that is no node is `UNKNOWN`.
    """
    lifted: dict[int, int] = {}

    def of(key: int) -> int:
        if key not in parents:
            return UNKNOWN
        if key not in lifted:
            way = [key]
            while (parent := parents.get(way[-1])) is not None and len(way) < 100:
                way.append(parent)
            way.reverse()
            lifted[key] = way[min(depth, len(way) - 1)]
        return lifted[key]

    return of
