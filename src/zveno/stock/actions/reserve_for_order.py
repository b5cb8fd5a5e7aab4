"""Pinning supply to the lines of an order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from zveno.base.tx import in_transaction
from zveno.stock.actions.ledger import held_entries, write_entries
from zveno.stock.actions.locked_supply import lock_supply, move_reserved
from zveno.stock.models import Reservation
from zveno.stock.queries.policies import supply_rules
from zveno.stock.rules.policy import Policy
from zveno.stock.rules.promise import promise
from zveno.stock.rules.values import Manner, Plan, SupplyKind, Wanted
from zveno.stock.rules.words import MovementKind


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom goods are held: the order, and when it was placed."""

    order_id: int
    seller_id: int
    buyer_entity_id: int
    placed_at: datetime
    erp_known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reserved:
    """What was promised and is held now, and the seller's policy it was promised by."""

    plan: Plan
    policy: Policy


@in_transaction
def reserve_for_order(
    *,
    holder: Holder,
    wanted: Sequence[Wanted],
    today: date,
    now: datetime,
    manner: Manner,
    warehouse_id: int | None = None,
    only_whole: bool = False,
) -> Reserved:
    """Promise by the rule and reserve what is promised; `Wanted.key` is the order line's id.

    What supply covers is reserved even where it covers a line in part; with `only_whole`, nothing is reserved unless
    everything is covered. Only warehouses that serve the buyer are asked, of these `warehouse_id` alone where it is
    named; what shipments cost is known here. Locks the supply of these products until the transaction ends, so two
    orders never get the same goods. Does not look at what the order has reserved before. `today` is the seller's.
    Seven SQL statements at most.
    """
    rules = supply_rules(seller_id=holder.seller_id, entity_id=holder.buyer_entity_id)
    supply = lock_supply(seller_id=holder.seller_id, product_ids={line.product_id for line in wanted})
    supplies = supply.supplies(rules, warehouse_id=warehouse_id)
    plan = promise(wanted, supplies, today=today, manner=replace(manner, costs=rules.costs))
    if plan.is_full or not only_whole:
        reservations = list(_reservations(holder, plan, now))
        if reservations:
            Reservation.objects.bulk_create(reservations)
            move_reserved(reservations, sign=1)
            write_entries(held_entries(reservations, MovementKind.RESERVED, sign=1, at=now))
    return Reserved(plan, rules.policy)


def _reservations(holder: Holder, plan: Plan, now: datetime) -> Iterator[Reservation]:
    for line in plan.lines:
        for pin in line.pins:
            yield Reservation(
                seller_id=holder.seller_id,
                buyer_entity_id=holder.buyer_entity_id,
                order_id=holder.order_id,
                order_line_id=line.key,
                product_id=line.product_id,
                warehouse_id=pin.warehouse_id,
                arrival_id=pin.supply_id if pin.kind is SupplyKind.ARRIVAL else None,
                quantity=pin.quantity,
                due_on=line.promised_on or pin.ships_on,
                placed_at=holder.placed_at,
                created_at=now,
                erp_known_at=holder.erp_known_at,
            )
