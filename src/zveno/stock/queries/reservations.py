"""What is held, for whom, and how a balance comes about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.stock.models import Arrival, Balance, Reservation
from zveno.stock.rules.values import Shipment
from zveno.stock.rules.words import Confidence


@dataclass(frozen=True, slots=True)
class ReservationValue:
    """A quantity of one supply held for one line. `due_on` and `confidence` are those of goods on their way."""

    id: int
    order_id: int
    order_line_id: int
    product_id: int
    warehouse_id: int
    warehouse: str
    arrival_id: int | None
    due_on: date | None
    confidence: Confidence | None
    quantity: Decimal
    state: str
    created_at: datetime
    erp_known_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldValue:
    """What an order holds now for one of its lines; `due_on` and `confidence` are those of goods on their way."""

    id: int
    order_line_id: int
    quantity: Decimal
    warehouse: str
    due_on: date | None
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class BalanceExplained:
    """A warehouse's shelf of one product: what the ERP said when, and who holds what of it."""

    warehouse_id: int
    warehouse: str
    on_hand: Decimal
    reserved: Decimal
    confirmed_at: datetime
    held: tuple[ReservationValue, ...]

    @property
    def free(self) -> Decimal:
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class ArrivalExplained:
    """Goods on their way: how many, by which paper, and who holds what of them."""

    id: int
    warehouse_id: int
    warehouse: str
    due_on: date
    confidence: Confidence
    source_number: str
    quantity: Decimal
    reserved: Decimal
    confirmed_at: datetime
    held: tuple[ReservationValue, ...]

    @property
    def free(self) -> Decimal:
        return self.quantity - self.reserved


@dataclass(frozen=True, slots=True)
class StockExplained:
    """Why a product's free stock is what it is; `ended` are the latest reservations that were shipped or released."""

    product_id: int
    shelves: tuple[BalanceExplained, ...]
    arrivals: tuple[ArrivalExplained, ...]
    ended: tuple[ReservationValue, ...]


def reservations_of_order(*, order_id: int) -> tuple[ReservationValue, ...]:
    """What the order holds and held, as the current scope may see it. One SQL statement."""
    rows = Reservation.objects.visible_to(current()).filter(order_id=order_id)
    return tuple(_value(row) for row in rows.select_related("warehouse", "arrival").order_by("order_line_id", "id"))


def held_by_order(*, order_id: int) -> tuple[HeldValue, ...]:
    """What the order holds now, in the order in which it was promised. One SQL statement."""
    rows = Reservation.objects.visible_to(current()).filter(order_id=order_id, state="active")
    return tuple(
        HeldValue(
            id=row.pk,
            order_line_id=row.order_line_id,
            quantity=row.quantity,
            warehouse=row.warehouse.name,
            due_on=row.arrival.due_on if row.arrival else None,
            confidence=Confidence(row.arrival.confidence) if row.arrival else None,
        )
        for row in rows.select_related("warehouse", "arrival").order_by("id")
    )


def shipments_of(*, order_id: int) -> frozenset[Shipment]:
    """The shipments that the order brings already: from which warehouse, by which day. One SQL statement."""
    rows = Reservation.objects.visible_to(current()).filter(order_id=order_id, state="active")
    return frozenset(Shipment(*pair) for pair in rows.values_list("warehouse_id", "due_on").distinct())


def arrivals_held(*, order_id: int) -> dict[int, int]:
    """By order line id: of the arrivals it holds goods of, the one that comes last. One SQL statement."""
    rows = Reservation.objects.visible_to(current()).filter(order_id=order_id, state="active", arrival__isnull=False)
    in_order = rows.order_by("arrival__due_on", "id").values_list("order_line_id", "arrival_id")
    return {line_id: arrival_id for line_id, arrival_id in in_order if arrival_id is not None}


def stock_explained(*, product_id: int, seller_id: int, ended: int = 50) -> StockExplained:
    """The balances, open arrivals and reservations behind a product's stock, for its seller. Four SQL statements."""
    own = {"product_id": product_id, "seller_id": seller_id}
    reservations = Reservation.objects.visible_to(current()).filter(**own).select_related("warehouse", "arrival")
    balances = Balance.objects.visible_to(current()).filter(**own).select_related("warehouse")
    arrivals = Arrival.objects.visible_to(current()).filter(**own, closed_at=None).select_related("warehouse")
    active = [_value(row) for row in reservations.filter(state="active").order_by("created_at", "id")]
    over = reservations.exclude(state="active").order_by("-ended_at", "-id")
    return StockExplained(
        product_id=product_id,
        shelves=tuple(_shelf(row, active) for row in balances.order_by("warehouse__name", "id")),
        arrivals=tuple(_arrival(row, active) for row in arrivals.order_by("due_on", "id")),
        ended=tuple(_value(row) for row in over[:ended]),
    )


def _shelf(row: Balance, active: list[ReservationValue]) -> BalanceExplained:
    return BalanceExplained(
        warehouse_id=row.warehouse_id,
        warehouse=row.warehouse.name,
        on_hand=row.on_hand,
        reserved=row.reserved,
        confirmed_at=row.confirmed_at,
        held=tuple(held for held in active if held.arrival_id is None and held.warehouse_id == row.warehouse_id),
    )


def _arrival(row: Arrival, active: list[ReservationValue]) -> ArrivalExplained:
    return ArrivalExplained(
        id=row.pk,
        warehouse_id=row.warehouse_id,
        warehouse=row.warehouse.name,
        due_on=row.due_on,
        confidence=Confidence(row.confidence),
        source_number=row.source_number,
        quantity=row.quantity,
        reserved=row.reserved,
        confirmed_at=row.confirmed_at,
        held=tuple(held for held in active if held.arrival_id == row.pk),
    )


def _value(row: Reservation) -> ReservationValue:
    return ReservationValue(
        id=row.pk,
        order_id=row.order_id,
        order_line_id=row.order_line_id,
        product_id=row.product_id,
        warehouse_id=row.warehouse_id,
        warehouse=row.warehouse.name,
        arrival_id=row.arrival_id,
        due_on=row.arrival.due_on if row.arrival else None,
        confidence=Confidence(row.arrival.confidence) if row.arrival else None,
        quantity=row.quantity,
        state=row.state,
        created_at=row.created_at,
        erp_known_at=row.erp_known_at,
        ended_at=row.ended_at,
    )
