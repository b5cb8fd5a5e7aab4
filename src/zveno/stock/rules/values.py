"""The words of the promise: supply, what is wanted and in which manner, and what covers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

ZERO = Decimal(0)


class SupplyKind(StrEnum):
    """Where promised goods come from."""

    SHELF = "shelf"
    ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class Supply:
    """What one warehouse has of one product on its shelf, or gets on `due_on`; `free` is net of reservations.

    `id` is that of the balance or of the arrival. What is not `is_sure` is promised only where sure supply ends.
    """

    kind: SupplyKind
    id: int
    product_id: int
    warehouse_id: int
    free: Decimal
    due_on: date | None = None
    warehouse: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of a product a line wants by `wished_on` (`None`: as soon as possible). `key` tells lines apart.

    With a `pack`, each supply gives whole packs only, unless a line of the product wants no whole number of them.
    """

    key: int
    product_id: int
    quantity: Decimal
    wished_on: date | None = None
    pack: Decimal = ZERO


class Shipment(NamedTuple):
    """What leaves one warehouse on one day."""

    warehouse_id: int
    on: date


@dataclass(frozen=True, slots=True)
class Manner:
    """How an order may be served.

    `in_parts` false: all of it leaves at once, from one warehouse. `accepts_later`: what cannot be there by its wished
    day may come after it. `costs`: what a shipment from a warehouse costs, in any one measure; nothing where it is not
    said. `leaving`: shipments of the order that leave anyway, and cost nothing more. `budget`: how many choices are
    weighed for each part of an order before the best found so far is taken.
    """

    in_parts: bool = True
    accepts_later: bool = False
    costs: Mapping[int, Decimal] = field(default_factory=dict)
    leaving: frozenset[Shipment] = frozenset()
    budget: int = 2000

    def cost(self, shipment: Shipment) -> Decimal:
        """What the shipment costs on top of those that leave anyway."""
        return ZERO if shipment in self.leaving else self.costs.get(shipment.warehouse_id, ZERO)


@dataclass(frozen=True, slots=True)
class Pin:
    """A quantity of one supply promised to one line, leaving on `ships_on`; `is_late`: after the line's wished day."""

    kind: SupplyKind
    supply_id: int
    warehouse_id: int
    warehouse: str
    due_on: date | None
    quantity: Decimal
    ships_on: date
    is_late: bool = False
    is_sure: bool = True

    @property
    def shipment(self) -> Shipment:
        return Shipment(self.warehouse_id, self.ships_on)


@dataclass(frozen=True, slots=True)
class LinePromise:
    """What covers a line.

    `promised_on` is when the covered part is there (the wished date, unless a part comes later), `None` when nothing
    is covered. Of what is `uncovered`, `earliest_on` says when all of it could be there; `None`: not with the supply
    known today.
    """

    key: int
    product_id: int
    wanted: Decimal
    pins: tuple[Pin, ...]
    uncovered: Decimal
    promised_on: date | None
    earliest_on: date | None

    @property
    def covered(self) -> Decimal:
        return self.wanted - self.uncovered

    @property
    def is_full(self) -> bool:
        return self.uncovered == 0

    @property
    def is_sure(self) -> bool:
        """Whether nothing of what covers it still has to be confirmed."""
        return all(pin.is_sure for pin in self.pins)

    @property
    def trace(self) -> list[dict[str, str]]:
        """The supply that covers the line, as plain values to be kept beside it."""
        return [
            {
                "kind": pin.kind.value,
                "warehouse": pin.warehouse,
                "on": pin.due_on.isoformat() if pin.due_on else "",
                "quantity": format(pin.quantity.normalize(), "f"),
                **({} if pin.is_sure else {"unsure": "1"}),
            }
            for pin in self.pins
        ]


@dataclass(frozen=True, slots=True)
class Plan:
    """What covers the lines, in their order, and the shipments that brings, by day and warehouse.

    `is_exact`: no better plan exists; otherwise the budget ended the search.
    """

    lines: tuple[LinePromise, ...]
    shipments: tuple[Shipment, ...]
    is_exact: bool = True

    @property
    def is_full(self) -> bool:
        return all(line.is_full for line in self.lines)


@dataclass(frozen=True, slots=True)
class Availability:
    """How much can be promised, altogether, for the day `on` and later until the next entry."""

    on: date
    quantity: Decimal
