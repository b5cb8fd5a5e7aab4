"""The pure rules through long sequences of events: promise, giving way, planning anew, without a database."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stock.goods import TODAY, line

from zveno.stock.rules.giving_way import Held, losses
from zveno.stock.rules.promise import promise
from zveno.stock.rules.values import Manner, Pin, Supply, SupplyKind

D = Decimal
Key = tuple[SupplyKind, int]


@dataclass
class Pinned:
    """A pin of an order in memory."""

    id: int
    order: int
    supply: Key
    quantity: Decimal
    due_on: date


@dataclass
class Memory:
    """A seller with three warehouses and one product, in memory: what there is, and who holds what."""

    there: dict[Key, Decimal] = field(default_factory=dict)
    due: dict[Key, date | None] = field(default_factory=dict)
    place: dict[Key, int] = field(default_factory=dict)
    held: list[Pinned] = field(default_factory=list)
    wishes: dict[int, date] = field(default_factory=dict)
    serial: int = 0

    def next(self) -> int:
        self.serial += 1
        return self.serial

    def free(self) -> list[Supply]:
        found = []
        for key, quantity in self.there.items():
            taken = sum((one.quantity for one in self.held if one.supply == key), D(0))
            found.append(Supply(key[0], key[1], 1, self.place[key], quantity - taken, self.due[key], "W"))
        return found

    def pin(self, order: int, pins: tuple[Pin, ...]) -> None:
        for one in pins:
            self.held.append(Pinned(self.next(), order, (one.kind, one.supply_id), one.quantity, self.wishes[order]))

    def order(self, quantity: int, wish: int) -> set[int]:
        number = self.next()
        self.wishes[number] = TODAY + timedelta(days=wish)
        (found,) = promise([line(quantity, self.wishes[number])], self.free(), today=TODAY).lines
        self.pin(number, found.pins)
        return {number}

    def shelf(self, place: int, quantity: int) -> set[int]:
        key = (SupplyKind.SHELF, place)
        self.there[key], self.due[key], self.place[key] = D(quantity), None, place
        return self.shrink(key)

    def arrival(self, number: int, place: int, quantity: int, day: int) -> set[int]:
        key = (SupplyKind.ARRIVAL, number)
        self.there[key], self.due[key] = D(quantity), TODAY + timedelta(days=day)
        self.place.setdefault(key, place)
        return self.shrink(key) | self.late(key)

    def shrink(self, key: Key) -> set[int]:
        """Who holds more of the supply than there is gives way and is planned anew."""
        known = [one for one in self.held if one.supply == key]
        placed = datetime(2026, 4, 1)
        lost = losses(
            (Held(one.id, one.quantity, one.due_on, placed + timedelta(minutes=one.order)) for one in known),
            self.there[key],
        )
        hurt: dict[int, Decimal] = {}
        for one in known:
            if one.id in lost:
                one.quantity -= lost[one.id]
                hurt[one.order] = hurt.get(one.order, D(0)) + lost[one.id]
        self.held = [one for one in self.held if one.quantity]
        for order in sorted(hurt, key=lambda order: (self.wishes[order], order)):
            self.replace(order, hurt[order])
        return set(hurt)

    def late(self, key: Key) -> set[int]:
        """Who counted on the arrival by an earlier day gets goods in time as far as there are any; the rest stays."""
        day = self.due[key]
        hurt = {one.order for one in self.held if one.supply == key and day and day > one.due_on}
        for order in sorted(hurt, key=lambda order: (self.wishes[order], order)):
            pins = [one for one in self.held if one.order == order and one.supply == key]
            covered = self.replace(order, sum((one.quantity for one in pins), D(0)))
            for one in pins:
                given = min(one.quantity, covered)
                one.quantity -= given
                covered -= given
            self.held = [one for one in self.held if one.quantity]
        return hurt

    def replace(self, order: int, quantity: Decimal) -> Decimal:
        (found,) = promise(
            [line(quantity, self.wishes[order])], self.free(), today=TODAY, manner=Manner(in_parts=True)
        ).lines
        self.pin(order, found.pins)
        return found.covered

    def pins_of(self) -> dict[int, list[tuple[Key, Decimal]]]:
        found: dict[int, list[tuple[Key, Decimal]]] = {}
        for one in self.held:
            found.setdefault(one.order, []).append((one.supply, one.quantity))
        return {order: sorted(pins) for order, pins in found.items()}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_after_any_of_hundreds_of_events_no_supply_is_exceeded_and_the_unhurt_keep_their_pins(seed: int) -> None:
    chance = random.Random(seed)
    house = Memory()
    for _ in range(150):
        before = house.pins_of()
        match chance.randrange(4):
            case 0 | 1:
                touched = house.order(chance.randint(1, 9), chance.randint(0, 20))
            case 2:
                touched = house.shelf(chance.randint(1, 3), chance.randint(0, 25))
            case _:
                touched = house.arrival(
                    chance.randint(1, 6), chance.randint(1, 3), chance.randint(0, 25), chance.randint(0, 20)
                )
        after = house.pins_of()
        assert {key for key in before if before[key] != after.get(key, [])} <= touched
        for key, there in house.there.items():
            assert sum((one.quantity for one in house.held if one.supply == key), D(0)) <= there
