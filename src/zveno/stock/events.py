"""What stock tells the packages above it (`zveno.base.events`), in the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Change = Literal["moved", "cut", "cancelled", "counted", "overdue"]


@dataclass(frozen=True, slots=True)
class Shaken:
    """What happened to goods that an order counts on.

    `change`: the arrival was put off from `before` to `after`, cut, cancelled, is overdue without word; or the shelf
    was counted with less than is promised. `document` is the arrival's paper.
    """

    order_id: int
    product_id: int
    change: Change
    document: str = ""
    before: date | None = None
    after: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseShaken:
    """Goods promised to orders will not come as promised; each order hurt must be looked at, the most urgent first.

    What a supply no longer has was taken from them already: from those that need it latest, then those placed latest.
    """

    seller_id: int
    shaken: tuple[Shaken, ...]


@dataclass(frozen=True, slots=True)
class SupplyCame:
    """A seller has more to promise, or surer: what orders still need may be covered now."""

    seller_id: int


@dataclass(frozen=True, slots=True)
class SupplyShort:
    """Shelves of these products were counted with less than is promised from them.

    Shipments on their way through the exchange may explain it: `after_minutes` says for how long to wait for them.
    """

    seller_id: int
    product_ids: tuple[int, ...]
    after_minutes: int
