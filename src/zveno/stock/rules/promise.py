"""Available to promise: which supply covers an order, from which warehouses, and by which date (N13, N14, N18, N19).

Supply is what lies free on a shelf, and what arrives. Of all ways to serve an order, the one is chosen that

1. leaves the least uncovered, then uses the least unsure supply, then is least late;
2. takes the fewest shipments (one warehouse on one day), then the cheapest;
3. keeps shelves free: within the chosen warehouses arrivals that fit are used first, the latest first, then the shelf.

Goods wished by a day leave on that day; nothing later is promised unless the manner accepts it. Without a wished day
the sooner supply goes first: the shelf, then arrivals as they come. An arrival whose day has passed without word is
promised to nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from zveno.stock.rules.courses import Course, OneWish, SeveralWishes
from zveno.stock.rules.covering import fewest_shipments
from zveno.stock.rules.one_piece import best_warehouse
from zveno.stock.rules.piles import Piles, unburdened
from zveno.stock.rules.values import ZERO, Availability, LinePromise, Manner, Pin, Plan, Supply, Wanted
from zveno.stock.rules.ways import Columns, Taken

_PLAIN = Manner()


def promise(wanted: Sequence[Wanted], supplies: Iterable[Supply], *, today: date, manner: Manner = _PLAIN) -> Plan:
    """What covers each line, in the order of `wanted`. No supply is promised twice, none beyond what is free."""
    supplies = list(supplies)
    piles = Piles(supplies, wanted, today)
    if manner.in_parts:
        taken, is_exact = _in_parts(wanted, piles, today, manner)
    else:
        taken, is_exact = best_warehouse(wanted, piles, today=today, manner=manner), True
    lines = _lines(wanted, taken, piles)
    if not manner.accepts_later:
        lines = _with_earliest(wanted, lines, piles, supplies, today, manner)
    shipments = {pin.shipment for line in lines for pin in line.pins} | manner.leaving
    return Plan(tuple(lines), tuple(sorted(shipments, key=lambda one: (one.on, one.warehouse_id))), is_exact)


def availability(supplies: Iterable[Supply], *, today: date) -> tuple[Availability, ...]:
    """How much of one product can be promised today and from each later day on which more arrives."""
    added: defaultdict[date, Decimal] = defaultdict(Decimal, {today: ZERO})
    for supply, free in unburdened(supplies, today):
        added[max(supply.due_on or today, today)] += free
    total, found = ZERO, []
    for day in sorted(added):
        if added[day] or day == today:
            total += added[day]
            found.append(Availability(day, total))
    return tuple(found)


def _in_parts(wanted: Sequence[Wanted], piles: Piles, today: date, manner: Manner) -> tuple[list[Taken], bool]:
    columns = Columns()
    of_product: defaultdict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(wanted):
        of_product[line.product_id].append(at)
    courses: list[Course] = []
    for product_id, indices in of_product.items():
        here, lines = piles.of(product_id), [(at, piles.grains(wanted[at])) for at in indices]
        wishes = {wanted[at].wished_on for at in indices}
        if len(wishes) == 1:
            wish = next(iter(wishes))
            courses.append(OneWish(lines, wish, here, today=today, manner=manner, columns=columns))
        else:
            dated = [(at, grains, wanted[at].wished_on) for at, grains in lines]
            courses.append(SeveralWishes(dated, here, today=today, manner=manner, columns=columns))
    chosen, is_exact = fewest_shipments(courses, columns, manner)
    return [taken for course in courses for taken in course.take(chosen)], is_exact


def _lines(wanted: Sequence[Wanted], taken: Iterable[Taken], piles: Piles) -> list[LinePromise]:
    of_line: defaultdict[int, list[Taken]] = defaultdict(list)
    for one in taken:
        one.way.pile.left -= one.grains
        of_line[one.line].append(one)
    return [_line(line, of_line[at], piles) for at, line in enumerate(wanted)]


def _line(line: Wanted, taken: Sequence[Taken], piles: Piles) -> LinePromise:
    pins = tuple(_pin(one, piles.quantity(line.product_id, one.grains)) for one in taken)
    on_time = line.wished_on is not None and not any(pin.is_late for pin in pins)
    return LinePromise(
        key=line.key,
        product_id=line.product_id,
        wanted=line.quantity,
        pins=pins,
        uncovered=line.quantity - sum((pin.quantity for pin in pins), ZERO),
        promised_on=line.wished_on if pins and on_time else max((pin.ships_on for pin in pins), default=None),
        earliest_on=None,
    )


def _pin(taken: Taken, quantity: Decimal) -> Pin:
    supply = taken.way.pile.supply
    return Pin(
        kind=supply.kind,
        supply_id=supply.id,
        warehouse_id=supply.warehouse_id,
        warehouse=supply.warehouse,
        due_on=supply.due_on,
        quantity=quantity,
        ships_on=taken.way.shipment.on,
        is_late=taken.way.is_late,
        is_sure=supply.is_sure,
    )


def _with_earliest(
    wanted: Sequence[Wanted],
    lines: Sequence[LinePromise],
    piles: Piles,
    supplies: Sequence[Supply],
    today: date,
    manner: Manner,
) -> list[LinePromise]:
    """With the day by which what is uncovered could be there; what one line would take is not offered to the next."""
    if all(line.is_full for line in lines):
        return list(lines)
    if not manner.in_parts:
        whole = promise(wanted, supplies, today=today, manner=replace(manner, accepts_later=True))
        day = whole.shipments[-1].on if whole.is_full and whole.shipments else None
        return [line if line.is_full else replace(line, earliest_on=day) for line in lines]
    return [
        line if line.is_full else replace(line, earliest_on=_earliest(wanted[at], line.uncovered, piles))
        for at, line in enumerate(lines)
    ]


def _earliest(line: Wanted, uncovered: Decimal, piles: Piles) -> date | None:
    need = piles.grains(replace(line, quantity=uncovered))
    later = sorted(piles.of(line.product_id), key=lambda pile: (pile.supply.due_on or date.min, pile.supply.id))
    if sum(pile.left for pile in later) < need:
        return None
    for pile in later:
        grains = min(need, pile.left)
        pile.left -= grains
        need -= grains
        if not need:
            return pile.supply.due_on
    return None
