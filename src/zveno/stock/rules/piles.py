"""Free supply in whole grains: debts paid, broken packs left out, overdue arrivals promised to nobody.

A grain is the smallest quantity in which a product is promised: its pack, or a thousandth where lines are not held to
packs. A shelf below zero (the ERP counted less than is promised) is a debt: the same warehouse's next arrivals pay it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zveno.kit.quantity import plain
from zveno.stock.rules.values import ZERO, Supply, SupplyKind, Wanted

THOUSANDTH = Decimal("0.001")


@dataclass(slots=True, eq=False)
class Pile:
    """A supply and how many grains of it are still free."""

    supply: Supply
    left: int

    @property
    def is_shelf(self) -> bool:
        return self.supply.due_on is None


class Piles:
    """The free supply of each wanted product, used up as lines are covered."""

    def __init__(self, supplies: Iterable[Supply], wanted: Sequence[Wanted], today: date) -> None:
        self._grains = _grains(wanted)
        self._of_product: defaultdict[int, list[Pile]] = defaultdict(list)
        for supply, free in unburdened(supplies, today):
            if free > 0 and (grain := self._grains.get(supply.product_id)):
                self._of_product[supply.product_id].append(Pile(supply, int(free // grain)))

    def of(self, product_id: int) -> list[Pile]:
        """What is still free of the product."""
        return [pile for pile in self._of_product[product_id] if pile.left > 0]

    def grains(self, line: Wanted) -> int:
        """How many grains the line wants."""
        return int(line.quantity // self._grains[line.product_id])

    def quantity(self, product_id: int, grains: int) -> Decimal:
        """Grains as a quantity."""
        return plain(grains * self._grains[product_id])

    def thousandths(self, product_id: int) -> int:
        """How many thousandths a grain is: to add up quantities of different products."""
        return int(self._grains[product_id] / THOUSANDTH)


def unburdened(supplies: Iterable[Supply], today: date) -> list[tuple[Supply, Decimal]]:
    """Supply that is not overdue, with what of it is free once each warehouse's shelf has paid its debt."""
    debts: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
    free: dict[tuple[SupplyKind, int], tuple[Supply, Decimal]] = {}
    for supply in supplies:
        if supply.kind is SupplyKind.SHELF and supply.free < 0:
            debts[supply.product_id, supply.warehouse_id] -= supply.free
        elif supply.free > 0 and (supply.due_on is None or supply.due_on >= today):
            free[supply.kind, supply.id] = (supply, supply.free)
    if debts:
        _pay(debts, free)
    return list(free.values())


def _pay(debts: dict[tuple[int, int], Decimal], free: dict[tuple[SupplyKind, int], tuple[Supply, Decimal]]) -> None:
    in_order = sorted(free.items(), key=lambda item: (item[1][0].due_on or date.min, item[0][1]))
    for key, (supply, left) in in_order:
        debt = debts.get((supply.product_id, supply.warehouse_id), ZERO)
        if debt > 0:
            paid = min(debt, left)
            debts[supply.product_id, supply.warehouse_id] = debt - paid
            free[key] = (supply, left - paid)


def _grains(wanted: Sequence[Wanted]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for line in wanted:
        grain = line.pack if line.pack > 0 and line.quantity % line.pack == 0 else THOUSANDTH
        found[line.product_id] = min(grain, found.get(line.product_id, grain))
    return found
