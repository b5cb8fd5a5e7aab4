"""The supply of products: what lies and what arrives, by warehouse, with how fresh the figures are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import DateField, F, Max, Value
from django.db.models.functions import Cast

from zveno.base.scope import current
from zveno.stock.models import Arrival, Balance
from zveno.stock.rules.promise import Availability, Supply, SupplyKind, availability


@dataclass(frozen=True, slots=True)
class ShelfValue:
    """A warehouse's shelf as a buyer sees it: what is free, never below zero."""

    warehouse_id: int
    warehouse: str
    city: str
    free: Decimal
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class ArrivalValue:
    """Goods on their way, with what of them is free."""

    warehouse_id: int
    warehouse: str
    city: str
    due_on: date
    free: Decimal
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class ProductSupply:
    """All supply of one product. `confirmed_at` is the oldest word of the ERP among the figures; `None` without any."""

    product_id: int
    shelves: tuple[ShelfValue, ...]
    arrivals: tuple[ArrivalValue, ...]
    supplies: tuple[Supply, ...]

    @property
    def free_now(self) -> Decimal:
        return sum((shelf.free for shelf in self.shelves), Decimal(0))

    @property
    def next_arrival(self) -> ArrivalValue | None:
        return self.arrivals[0] if self.arrivals else None

    @property
    def confirmed_at(self) -> datetime | None:
        moments = [shelf.confirmed_at for shelf in self.shelves] + [a.confirmed_at for a in self.arrivals]
        return min(moments, default=None)

    def availability(self, today: date) -> tuple[Availability, ...]:
        """How much can be promised today and from each later day."""
        return availability(self.supplies, today=today)


def supply_of(
    *, product_ids: Collection[int], sellers: Collection[int], today: date, region_id: int | None = None
) -> dict[int, ProductSupply]:
    """The supply of each product at the warehouses of `sellers`, as the current scope sees it. One SQL statement.

    Every asked product is in the answer. Warehouses in `region_id` (the buyer's) rank before the others. Arrivals due
    before `today` are left out: they are late without word.
    """
    if not product_ids:
        return {}
    found: defaultdict[int, list[_Row]] = defaultdict(list)
    for row in _rows(product_ids, sellers, today):
        found[row.product_id].append(row)
    return {key: _supply_of(key, found[key], region_id) for key in product_ids}


def freshness(*, sellers: Collection[int]) -> Mapping[int, datetime]:
    """When each seller's ERP last confirmed any balance. One SQL statement."""
    rows = Balance.objects.visible_to(current()).filter(seller_id__in=sellers).values("seller_id")
    return {row["seller_id"]: row["latest"] for row in rows.annotate(latest=Max("confirmed_at"))}


class _Row(NamedTuple):
    kind: str
    id: int
    product_id: int
    warehouse_id: int
    warehouse: str
    city: str
    region_id: int | None
    free: Decimal
    due_on: date | None
    confirmed_at: datetime


def _rows(product_ids: Collection[int], sellers: Collection[int], today: date) -> Iterator[_Row]:
    """Shelves, then arrivals: both tables in one statement."""
    own = {"product_id__in": product_ids, "seller_id__in": sellers, "warehouse__is_active": True}
    place = ("id", "product_id", "warehouse_id", "warehouse__name", "warehouse__city", "warehouse__region_id")
    shelves = (
        Balance.objects.visible_to(current())
        .filter(**own)
        .exclude(on_hand=F("reserved"))
        .annotate(kind=Value("shelf"), free=F("on_hand") - F("reserved"), due=Cast(Value(None), DateField()))
    )
    arrivals = (
        Arrival.objects.visible_to(current())
        .filter(**own, closed_at=None, due_on__gte=today, quantity__gt=F("reserved"))
        .annotate(kind=Value("arrival"), free=F("quantity") - F("reserved"), due=F("due_on"))
    )
    both = shelves.values_list("kind", *place, "free", "due", "confirmed_at").union(
        arrivals.values_list("kind", *place, "free", "due", "confirmed_at"), all=True
    )
    rows = (_Row(*row) for row in both)
    return iter(sorted(rows, key=lambda row: (row.due_on or date.min, row.warehouse, row.id)))


def _supply_of(product_id: int, rows: list[_Row], region_id: int | None) -> ProductSupply:
    return ProductSupply(
        product_id=product_id,
        shelves=tuple(_shelf(row) for row in rows if row.kind == SupplyKind.SHELF and row.free > 0),
        arrivals=tuple(_arrival(row) for row in rows if row.kind == SupplyKind.ARRIVAL),
        supplies=tuple(_supply(row, region_id) for row in rows),
    )


def _supply(row: _Row, region_id: int | None) -> Supply:
    return Supply(
        kind=SupplyKind(row.kind),
        id=row.id,
        product_id=row.product_id,
        warehouse_id=row.warehouse_id,
        warehouse=row.warehouse,
        free=row.free,
        due_on=row.due_on,
        rank=_rank(row.region_id, region_id),
    )


def _rank(warehouse_region_id: int | None, region_id: int | None) -> int:
    return 0 if region_id is not None and warehouse_region_id == region_id else 1


def _shelf(row: _Row) -> ShelfValue:
    return ShelfValue(row.warehouse_id, row.warehouse, row.city, row.free, row.confirmed_at)


def _arrival(row: _Row) -> ArrivalValue:
    assert row.due_on is not None  # an arrival has its day
    return ArrivalValue(row.warehouse_id, row.warehouse, row.city, row.due_on, row.free, row.confirmed_at)


def supply_value(row: Balance | Arrival, region_id: int | None) -> Supply:
    """A row as the promise rule takes it. The row's warehouse is loaded."""
    is_shelf = isinstance(row, Balance)
    return Supply(
        kind=SupplyKind.SHELF if is_shelf else SupplyKind.ARRIVAL,
        id=row.pk,
        product_id=row.product_id,
        warehouse_id=row.warehouse_id,
        warehouse=row.warehouse.name,
        free=row.on_hand - row.reserved if isinstance(row, Balance) else row.quantity - row.reserved,
        due_on=None if isinstance(row, Balance) else row.due_on,
        rank=_rank(row.warehouse.region_id, region_id),
    )
