"""Goods of an order that left the warehouse: what was promised is now gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.locked_supply import LockedSupply, lock_supply, move_reserved, move_shelves
from zveno.stock.models import Arrival, Reservation


@in_transaction
def ship_reservations(
    *, order_id: int, seller_id: int, shipped: Mapping[int, Decimal], shipped_at: datetime, now: datetime
) -> None:
    """Turn reservations of the lines (order line id → quantity that left) into shipped ones, the shelf's first.

    A balance that the ERP confirmed before `shipped_at` still counts these goods, so they are taken off; one confirmed
    later counts them no more. More shipped than reserved is no error: the ERP decides what leaves.
    """
    wanted = {line: quantity for line, quantity in shipped.items() if quantity > 0}
    held = Reservation.objects.visible_to(current()).filter(order_id=order_id, order_line_id__in=wanted, state="active")
    products = set(held.values_list("product_id", flat=True))
    if not products:
        return
    supply = lock_supply(seller_id=seller_id, product_ids=products)
    gone = list(_consume(held.select_for_update().order_by(F("arrival_id").asc(nulls_first=True), "id"), wanted, now))
    Reservation.objects.bulk_create([r for r in gone if r.pk is None])
    _take_off(gone, supply, shipped_at)


def _consume(held: Iterable[Reservation], wanted: dict[int, Decimal], now: datetime) -> Iterable[Reservation]:
    """Mark whole reservations as shipped; split the one that is shipped in part. Yields what left."""
    for reservation in held:
        quantity = min(reservation.quantity, wanted[reservation.order_line_id])
        if quantity <= 0:
            continue
        wanted[reservation.order_line_id] -= quantity
        if quantity == reservation.quantity:
            reservation.state, reservation.ended_at = "shipped", now
            reservation.save(update_fields=["state", "ended_at"])
            yield reservation
        else:
            reservation.quantity -= quantity
            reservation.save(update_fields=["quantity"])
            yield _part(reservation, quantity, now)


def _part(reservation: Reservation, quantity: Decimal, now: datetime) -> Reservation:
    fields = {
        f.attname: getattr(reservation, f.attname) for f in Reservation._meta.concrete_fields if not f.primary_key
    }
    return Reservation(**{**fields, "quantity": quantity, "state": "shipped", "ended_at": now})


def _take_off(gone: list[Reservation], supply: LockedSupply, shipped_at: datetime) -> None:
    counted_still = {(b.product_id, b.warehouse_id) for b in supply.balances if b.confirmed_at < shipped_at}
    shelf = [r for r in gone if r.arrival_id is None]
    still = [r for r in shelf if (r.product_id, r.warehouse_id) in counted_still]
    move_shelves([(r.product_id, r.warehouse_id, -r.quantity) for r in still], on_hand=True)
    move_reserved([r for r in gone if r not in still], sign=-1)
    for reservation in gone:
        if reservation.arrival_id is not None:
            # It came and went before the ERP said that it came: nobody else may count on it.
            Arrival.objects.visible_to(current()).filter(pk=reservation.arrival_id).update(
                quantity=F("quantity") - reservation.quantity
            )
