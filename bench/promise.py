"""The promise alone, pure: orders over many warehouses, against merely adding up what is free of each product."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from bench._ground import Watch, tell
from zveno.stock.rules.promise import availability, promise
from zveno.stock.rules.values import Manner, Supply, SupplyKind, Wanted

TODAY = date(2026, 4, 10)
ROUNDS = 9
SIZES = ((20, 4), (100, 10), (500, 20))


def main() -> None:
    """Print the median of each size and manner; how often the search ended before it had proved its answer."""
    rows: list[tuple[str, str]] = []
    for lines, warehouses in SIZES:
        bare = statistics.median(_bare(seed, lines, warehouses) for seed in range(ROUNDS))
        for name, several_days, in_parts, most in (
            ("scarce, in parts, one day", False, True, 60),
            ("scarce, in parts, days of their own", True, True, 60),
            ("scarce, at once", False, False, 60),
            ("plenty, in parts, one day", False, True, 6),
        ):
            found = [_timed(seed, lines, warehouses, several_days, in_parts, most) for seed in range(ROUNDS)]
            times, exact = [ms for ms, _ in found], sum(is_exact for _, is_exact in found)
            median, longest = statistics.median(times), max(times)
            told = f"{median:.0f} ms, at most {longest:.0f}; {median / bare:.0f} × the sums; proved {exact} of {ROUNDS}"
            rows.append((f"{lines} lines × {warehouses} warehouses, {name}", told))
    tell(rows)


def _bare(seed: int, lines: int, warehouses: int) -> float:
    _, supplies = _question(seed, lines, warehouses, several_days=False, most=60)
    of_product: dict[int, list[Supply]] = {}
    for one in supplies:
        of_product.setdefault(one.product_id, []).append(one)
    watch = Watch()
    for product in of_product.values():
        availability(product, today=TODAY)
    return watch.seconds * 1000


def _timed(seed: int, lines: int, warehouses: int, several_days: bool, in_parts: bool, most: int) -> tuple[float, bool]:
    wanted, supplies = _question(seed, lines, warehouses, several_days=several_days, most=most)
    manner = Manner(in_parts=in_parts, costs={at: Decimal(at % 7) for at in range(warehouses)})
    watch = Watch()
    plan = promise(wanted, supplies, today=TODAY, manner=manner)
    return watch.seconds * 1000, plan.is_exact


def _question(
    seed: int, lines: int, warehouses: int, *, several_days: bool, most: int
) -> tuple[Sequence[Wanted], Sequence[Supply]]:
    """Each product lies in a third of the warehouses and comes to some, a line wants up to `most`."""
    chance = random.Random(seed)
    wanted: list[Wanted] = []
    supplies: list[Supply] = []
    for product in range(lines):
        days = chance.choice((5, 9, 14)) if several_days else 9
        wanted.append(Wanted(product, product, Decimal(chance.randint(1, most)), TODAY + timedelta(days=days)))
        for warehouse in range(warehouses):
            if chance.random() < 0.35:
                free = Decimal(chance.randint(1, 40))
                supplies.append(Supply(SupplyKind.SHELF, len(supplies), product, warehouse, free))
            if chance.random() < 0.15:
                due_on, free = TODAY + timedelta(days=chance.randint(1, 20)), Decimal(chance.randint(5, 80))
                supplies.append(Supply(SupplyKind.ARRIVAL, len(supplies), product, warehouse, free, due_on))
    return wanted, supplies
