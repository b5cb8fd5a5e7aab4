"""Goods of an order that left the warehouse: what was promised is now gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.ending import end_parts
from zveno.stock.actions.ledger import entry_of, write_entries
from zveno.stock.actions.locked_supply import LockedSupply, lock_supply, move_arrivals, move_shelves
from zveno.stock.models import Reservation
from zveno.stock.rules.values import ZERO
from zveno.stock.rules.words import MovementKind


@in_transaction
def ship_reservations(
    *,
    order_id: int,
    seller_id: int,
    shipped: Mapping[int, Decimal],
    shipped_at: datetime,
    now: datetime,
    document: str = "",
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
    reservations = list(held.select_for_update().order_by(F("arrival_id").asc(nulls_first=True), "id"))
    gone = end_parts(reservations, _consumed(reservations, wanted), state="shipped", now=now)
    _take_off(gone, supply, shipped_at, now, document)


def _consumed(reservations: Iterable[Reservation], wanted: dict[int, Decimal]) -> dict[int, Decimal]:
    found = {}
    for reservation in reservations:
        quantity = min(reservation.quantity, wanted[reservation.order_line_id])
        wanted[reservation.order_line_id] -= quantity
        found[reservation.pk] = quantity
    return found


def _take_off(
    gone: list[Reservation], supply: LockedSupply, shipped_at: datetime, now: datetime, document: str
) -> None:
    counted_still = {(b.product_id, b.warehouse_id) for b in supply.balances if b.confirmed_at < shipped_at}
    # An arrival came and went before the ERP said that it came: nobody else may count on it.
    off = {r.pk: r.arrival_id is not None or (r.product_id, r.warehouse_id) in counted_still for r in gone}
    gone_of = {r.pk: -r.quantity if off[r.pk] else ZERO for r in gone}
    move_shelves((r.product_id, r.warehouse_id, gone_of[r.pk], -r.quantity) for r in gone if r.arrival_id is None)
    move_arrivals((r.arrival_id, gone_of[r.pk], -r.quantity) for r in gone if r.arrival_id is not None)
    write_entries(
        entry_of(r, MovementKind.SHIPPED, at=now, held=-r.quantity, quantity=gone_of[r.pk], document=document)
        for r in gone
    )
