"""Shipments of an order as the seller's accounting system tells them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.orders.actions.follow_shipment import follow_shipment
from zveno.orders.models import Order, OrderLine, Shipment, ShipmentLine
from zveno.orders.rules.erp_words import ErpShipment, shipped_by_line
from zveno.orders.rules.lines import order_total
from zveno.orders.rules.states import OrderState, may_become
from zveno.stock.actions.ship_reservations import ship_reservations

Told = list[tuple[str, dict[str, object]]]


def apply_shipments(order: Order, lines: list[OrderLine], said: Sequence[ErpShipment], *, now: datetime) -> Told:
    """Keep the shipments, known by number and year; count on the lines what left, and let it leave the stock.

    An order all of whose lines left is shipped, otherwise shipped in part. Returns what to tell in the history.
    """
    if not said:
        return []
    known = {(s.number, s.shipped_on.year): s for s in _shipments(order)}
    told: Told = []
    for shipment in said:
        told += _apply(order, known.get((shipment.number, shipment.shipped_at.year)), shipment, now)
        follow_shipment(order, shipment, now=now)
    if told:
        latest = max(said, key=lambda shipment: shipment.shipped_at)
        _count(order, lines, latest, now)
        told += _advance(order, lines)
    return told


def ship_all_of(order: Order, lines: Sequence[OrderLine], *, now: datetime) -> None:
    """The ERP says "shipped" of the whole order without a paper: what it holds has left."""
    if _shipments(order):
        return
    rest = {
        line.pk: line.quantity - line.shipped_quantity
        for line in lines
        if line.cancelled_at is None and line.shipped_quantity < line.quantity
    }
    if rest:
        _ship(order, lines, rest, shipped_at=now, now=now)


def _shipments(order: Order) -> list[Shipment]:
    return list(Shipment.objects.visible_to(current()).filter(order=order).prefetch_related("lines"))


def _apply(order: Order, known: Shipment | None, said: ErpShipment, now: datetime) -> Told:
    content = sorted((line.product_id or 0, line.name, line.quantity, line.total) for line in said.lines)
    if known is not None:
        kept = sorted((line.product_id or 0, line.name, line.quantity, line.total) for line in known.lines.all())
        if kept == content and not said.is_void:
            return []
        known.delete()
    if said.is_void:
        return [("shipment_void", {"number": said.number})] if known else []
    total = said.total if said.total is not None else order_total(line.total for line in said.lines)
    shipment = Shipment.objects.create(
        order=order,
        seller_id=order.seller_id,
        buyer_entity_id=order.buyer_entity_id,
        number=said.number,
        shipped_on=said.shipped_at.date(),
        currency=said.currency or order.currency,
        total=total,
        recorded_at=now,
    )
    ShipmentLine.objects.bulk_create(
        ShipmentLine(
            shipment=shipment,
            seller_id=order.seller_id,
            buyer_entity_id=order.buyer_entity_id,
            product_id=line.product_id,
            name=line.name,
            quantity=line.quantity,
            price=line.price,
            total=line.total,
        )
        for line in said.lines
    )
    kind = "shipment_changed" if known else "shipped"
    return [(kind, {"number": said.number, "on": shipment.shipped_on.isoformat(), "total": str(total)})]


def _count(order: Order, lines: list[OrderLine], latest: ErpShipment, now: datetime) -> None:
    left = ShipmentLine.objects.visible_to(current()).filter(shipment__order=order)
    living = [line for line in lines if line.cancelled_at is None]
    counted = shipped_by_line(
        [(line.pk, line.product_id, line.quantity) for line in living], left.values_list("product_id", "quantity")
    )
    more = {line.pk: counted[line.pk] - line.shipped_quantity for line in living}
    left_now = {key: quantity for key, quantity in more.items() if quantity}
    _ship(order, living, left_now, shipped_at=latest.shipped_at, now=now, document=latest.number)


def _ship(
    order: Order,
    lines: Sequence[OrderLine],
    more: dict[int, Decimal],
    *,
    shipped_at: datetime,
    now: datetime,
    document: str = "",
) -> None:
    changed = [line for line in lines if line.pk in more]
    for line in changed:
        line.shipped_quantity += more[line.pk]
        line.uncovered = max(Decimal(0), min(line.uncovered, line.quantity - line.shipped_quantity))
    OrderLine.objects.visible_to(current()).bulk_update(changed, ["shipped_quantity", "uncovered"], batch_size=500)
    ship_reservations(
        order_id=order.pk,
        seller_id=order.seller_id,
        shipped=more,
        shipped_at=shipped_at,
        now=now,
        document=document,
    )


def _advance(order: Order, lines: Sequence[OrderLine]) -> Told:
    living = [line for line in lines if line.cancelled_at is None]
    whole = all(line.shipped_quantity >= line.quantity for line in living)
    some = any(line.shipped_quantity > 0 for line in living)
    then = OrderState.SHIPPED if whole else OrderState.PARTLY_SHIPPED
    before = OrderState(order.state)
    if not some or not may_become(before, then):
        return []
    order.state, order.attention = then.value, []
    return [("erp_state", {"before": before.value, "after": then.value, "word": ""})]
