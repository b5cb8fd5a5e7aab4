"""The supply of products: what lies and what arrives, by warehouse, with how fresh the figures are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

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
    """The supply of each product at the warehouses of `sellers`, as the current scope sees it. Two SQL statements.

    Every asked product is in the answer. Warehouses in `region_id` (the buyer's) rank before the others. Arrivals due
    before `today` are left out: they are late without word.
    """
    if not product_ids:
        return {}
    shelves: defaultdict[int, list[Balance]] = defaultdict(list)
    arrivals: defaultdict[int, list[Arrival]] = defaultdict(list)
    for balance in _balances(product_ids, sellers):
        shelves[balance.product_id].append(balance)
    for arrival in _arrivals(product_ids, sellers, today):
        arrivals[arrival.product_id].append(arrival)
    return {key: _supply_of(key, shelves[key], arrivals[key], region_id) for key in product_ids}


def freshness(*, sellers: Collection[int]) -> Mapping[int, datetime]:
    """When each seller's ERP last confirmed any balance. One SQL statement."""
    from django.db.models import Max

    rows = Balance.objects.visible_to(current()).filter(seller_id__in=sellers).values("seller_id")
    return {row["seller_id"]: row["latest"] for row in rows.annotate(latest=Max("confirmed_at"))}


def _balances(product_ids: Collection[int], sellers: Collection[int]) -> list[Balance]:
    return list(
        Balance.objects.visible_to(current())
        .filter(product_id__in=product_ids, seller_id__in=sellers, warehouse__is_active=True)
        .exclude(on_hand=F("reserved"))
        .select_related("warehouse")
        .order_by("warehouse__name", "id")
    )


def _arrivals(product_ids: Collection[int], sellers: Collection[int], today: date) -> list[Arrival]:
    return list(
        Arrival.objects.visible_to(current())
        .filter(product_id__in=product_ids, seller_id__in=sellers, warehouse__is_active=True)
        .filter(closed_at=None, due_on__gte=today, quantity__gt=F("reserved"))
        .select_related("warehouse")
        .order_by("due_on", "warehouse__name", "id")
    )


def _supply_of(
    product_id: int, balances: list[Balance], arrivals: list[Arrival], region_id: int | None
) -> ProductSupply:
    return ProductSupply(
        product_id=product_id,
        shelves=tuple(_shelf(balance) for balance in balances if balance.on_hand > balance.reserved),
        arrivals=tuple(_arrival(arrival) for arrival in arrivals),
        supplies=(
            *(supply_value(row, region_id) for row in balances),
            *(supply_value(row, region_id) for row in arrivals),
        ),
    )


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
        rank=0 if region_id is not None and row.warehouse.region_id == region_id else 1,
    )


def _shelf(balance: Balance) -> ShelfValue:
    return ShelfValue(
        warehouse_id=balance.warehouse_id,
        warehouse=balance.warehouse.name,
        city=balance.warehouse.city,
        free=balance.on_hand - balance.reserved,
        confirmed_at=balance.confirmed_at,
    )


def _arrival(arrival: Arrival) -> ArrivalValue:
    return ArrivalValue(
        warehouse_id=arrival.warehouse_id,
        warehouse=arrival.warehouse.name,
        city=arrival.warehouse.city,
        due_on=arrival.due_on,
        free=arrival.quantity - arrival.reserved,
        confirmed_at=arrival.confirmed_at,
    )
