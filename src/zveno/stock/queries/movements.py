"""The ledger of one supply: what stood before a period, every entry in it with what stood after, the sums by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum, Window

from zveno.base.scope import current
from zveno.stock.models import Arrival, Balance, Movement
from zveno.stock.rules.values import ZERO
from zveno.stock.rules.words import MovementKind


@dataclass(frozen=True, slots=True)
class SupplyKey:
    """Which supply: the shelf of a product in a warehouse, or with `arrival_id` goods on their way there."""

    seller_id: int
    product_id: int
    warehouse_id: int
    arrival_id: int | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """What lies (or comes) and what of it is held."""

    quantity: Decimal = ZERO
    held: Decimal = ZERO

    @property
    def free(self) -> Decimal:
        return self.quantity - self.held


@dataclass(frozen=True, slots=True)
class MovementValue:
    """One entry with what stood after it; a folded one stands for `entries` of a month."""

    at: datetime
    kind: MovementKind
    quantity: Decimal
    held: Decimal
    order_id: int | None
    document: str
    actor_name: str
    entries: int
    after: Stand


@dataclass(frozen=True, slots=True)
class KindSum:
    """What entries of one kind come to in the period."""

    kind: MovementKind
    quantity: Decimal
    held: Decimal
    entries: int


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of the ledger, the newest entry first. `counters` is what the supply's own row says now.

    `adds_up`: that and the sum of all entries are the same.
    """

    opening: Stand
    rows: tuple[MovementValue, ...]
    kinds: tuple[KindSum, ...]
    closing: Stand
    counters: Stand
    total: Stand
    count: int

    @property
    def adds_up(self) -> bool:
        return self.counters == self.total


def ledger_page(
    *, key: SupplyKey, starts_at: datetime | None, ends_at: datetime | None, offset: int = 0, limit: int = 100
) -> LedgerPage:
    """A page of the supply's ledger between two moments (half-open), as the current scope sees it. Five statements."""
    entries = _entries(key)
    opening = _sum(entries.filter(at__lt=starts_at)) if starts_at else Stand()
    within = _within(entries, starts_at, ends_at)
    kinds = tuple(
        KindSum(MovementKind(row["kind"]), row["quantity"], row["held"], row["entries"])
        for row in within.values("kind")
        .annotate(quantity=Sum("quantity"), held=Sum("held"), entries=Sum("entries"), rows=Count("id"))
        .order_by("kind")
    )
    rows = tuple(_value(row, opening) for row in _running(within).order_by("-at", "-id")[offset : offset + limit])
    return LedgerPage(
        opening=opening,
        rows=rows,
        kinds=kinds,
        closing=Stand(
            opening.quantity + sum((one.quantity for one in kinds), ZERO),
            opening.held + sum((one.held for one in kinds), ZERO),
        ),
        counters=_counters(key),
        total=_sum(entries),
        count=within.count(),
    )


def every_entry(*, key: SupplyKey, starts_at: datetime | None, ends_at: datetime | None) -> Iterator[MovementValue]:
    """All entries of the period, the oldest first, streamed: for a spreadsheet."""
    entries = _entries(key)
    opening = _sum(entries.filter(at__lt=starts_at)) if starts_at else Stand()
    rows = _running(_within(entries, starts_at, ends_at)).order_by("at", "id")
    return (_value(row, opening) for row in rows.iterator(chunk_size=2000))


def _entries(key: SupplyKey) -> QuerySet[Movement]:
    entries = Movement.objects.visible_to(current()).filter(
        seller_id=key.seller_id, product_id=key.product_id, warehouse_id=key.warehouse_id
    )
    return entries.filter(arrival=None) if key.arrival_id is None else entries.filter(arrival_id=key.arrival_id)


def _within(entries: QuerySet[Movement], starts_at: datetime | None, ends_at: datetime | None) -> QuerySet[Movement]:
    if starts_at:
        entries = entries.filter(at__gte=starts_at)
    return entries.filter(at__lt=ends_at) if ends_at else entries


def _running(entries: QuerySet[Movement]) -> QuerySet[Any]:
    return entries.annotate(
        lies_after=Window(Sum("quantity"), order_by=["at", "id"]),
        held_after=Window(Sum("held"), order_by=["at", "id"]),
    )


def _sum(entries: QuerySet[Movement]) -> Stand:
    told = entries.aggregate(quantity=Sum("quantity"), held=Sum("held"))
    return Stand(told["quantity"] or ZERO, told["held"] or ZERO)


def _counters(key: SupplyKey) -> Stand:
    if key.arrival_id is not None:
        arrival = Arrival.objects.visible_to(current()).filter(pk=key.arrival_id, seller_id=key.seller_id).first()
        is_open = arrival is not None and arrival.closed_at is None
        return Stand(arrival.quantity, arrival.reserved) if arrival and is_open else Stand()
    balance = (
        Balance.objects.visible_to(current())
        .filter(seller_id=key.seller_id, product_id=key.product_id, warehouse_id=key.warehouse_id)
        .first()
    )
    return Stand(balance.on_hand, balance.reserved) if balance else Stand()


def _value(row: Any, opening: Stand) -> MovementValue:
    return MovementValue(
        at=row.at,
        kind=MovementKind(row.kind),
        quantity=row.quantity,
        held=row.held,
        order_id=row.order_id,
        document=row.document,
        actor_name=row.actor_name,
        entries=row.entries,
        after=Stand(opening.quantity + row.lies_after, opening.held + row.held_after),
    )
