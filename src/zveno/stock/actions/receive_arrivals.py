"""Goods that have come: they lie on the shelf from then on, with what orders hold of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from zveno.base.scope import current
from zveno.stock.actions.ledger import arrival_entry, write_entries
from zveno.stock.actions.locked_supply import LockedSupply, move_arrivals, move_shelves
from zveno.stock.models import Arrival, Balance, Movement, Reservation
from zveno.stock.rules.values import ZERO
from zveno.stock.rules.words import MovementKind


@dataclass(frozen=True, slots=True)
class Came:
    """So much of an arrival came; by so much what is still expected shrinks (all of it, when it is closed)."""

    arrival: Arrival
    quantity: Decimal
    off: Decimal
    is_last: bool


def receive(
    came: Sequence[Came], held: Mapping[int, Sequence[Reservation]], supply: LockedSupply, *, at: datetime
) -> set[int]:
    """Put what came on the shelves, with what is held of it; returns the products of which too little lies there now.

    Of a part that came, those get theirs first that need it first. A shelf that the ERP counted at `at` or later has
    the goods in its count already. The arrivals' own rows are the caller's, but for what is held of them. Six SQL
    statements.
    """
    if not came:
        return set()
    _make_shelves(came, at)
    counted = {(b.product_id, b.warehouse_id) for b in supply.balances if b.confirmed_at >= at}
    entries: list[Movement] = []
    shelves: list[tuple[int, int, Decimal, Decimal]] = []
    arrivals: list[tuple[int, Decimal, Decimal]] = []
    followed: list[Reservation] = []
    for one in came:
        place = (one.arrival.product_id, one.arrival.warehouse_id)
        lies = ZERO if place in counted else one.quantity
        moved = held[one.arrival.pk] if one.is_last else _first(held[one.arrival.pk], one.quantity)
        followed += moved
        taken = sum((reservation.quantity for reservation in moved), ZERO)
        shelves.append((*place, lies, taken))
        arrivals.append((one.arrival.pk, ZERO, -taken))
        entries.append(arrival_entry(one.arrival, MovementKind.RECEIVED, at=at, quantity=-one.off, held=-taken))
        entries.append(_on_shelf(one.arrival, lies, taken, at))
    _follow(followed)
    move_shelves(shelves)
    move_arrivals(arrivals)
    write_entries(entries)
    return _short({(one.arrival.product_id, one.arrival.warehouse_id) for one in came})


def _make_shelves(came: Sequence[Came], at: datetime) -> None:
    """A shelf never counted is older than what comes to it."""
    places = {(one.arrival.product_id, one.arrival.warehouse_id): one.arrival.seller_id for one in came}
    Balance.objects.bulk_create(
        [Balance(seller_id=s, product_id=p, warehouse_id=w, confirmed_at=at) for (p, w), s in sorted(places.items())],
        ignore_conflicts=True,
    )


def _first(held: Sequence[Reservation], quantity: Decimal) -> list[Reservation]:
    """Those that need it first, as far as `quantity` goes; the last of them is split."""
    found = []
    for one in sorted(held, key=lambda one: (one.due_on, one.placed_at, one.pk)):
        if quantity <= 0:
            break
        if one.quantity > quantity:
            rest = one.quantity - quantity
            told = {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields if not f.primary_key}
            Reservation.objects.create(**{**told, "quantity": rest})
            one.quantity = quantity
            one.save(update_fields=["quantity"])
        found.append(one)
        quantity -= one.quantity
    return found


def _follow(reservations: Collection[Reservation]) -> None:
    if reservations:
        Reservation.objects.visible_to(current()).filter(pk__in=[one.pk for one in reservations]).update(arrival=None)
        for one in reservations:
            one.arrival_id = None


def _on_shelf(arrival: Arrival, quantity: Decimal, held: Decimal, at: datetime) -> Movement:
    entry = arrival_entry(arrival, MovementKind.RECEIVED, at=at, quantity=quantity, held=held)
    entry.arrival_id = None
    return entry


def _short(places: Collection[tuple[int, int]]) -> set[int]:
    rows = Balance.objects.visible_to(current()).filter(
        product_id__in={product for product, _ in places}, on_hand__lt=F("reserved")
    )
    found = rows.values_list("product_id", "warehouse_id")
    return {product for product, warehouse in found if (product, warehouse) in places}
