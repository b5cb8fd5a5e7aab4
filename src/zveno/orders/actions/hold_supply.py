"""Promising and reserving for the lines of an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.models import Order, OrderLine
from zveno.partners.queries.parties import seller_with
from zveno.stock.actions.reserve_for_order import Holder, reserve_for_order
from zveno.stock.queries.policies import policy_of
from zveno.stock.queries.reservations import shipments_of
from zveno.stock.rules.policy import Policy
from zveno.stock.rules.values import LinePromise, Manner, Wanted


@dataclass(frozen=True, slots=True)
class Held:
    """What came of holding supply: promises by line id, whether all that was asked for is held, and by which policy."""

    policy: Policy
    today: date
    promises: Mapping[int, LinePromise] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        return all(promise.is_full for promise in self.promises.values())

    @property
    def earliest(self) -> dict[int, date | None]:
        """When what a line lacks could be there, by line id."""
        return {key: promise.earliest_on for key, promise in self.promises.items() if not promise.is_full}


def open_lines(order: Order) -> list[OrderLine]:
    """The lines of the order that are not cancelled, in their order."""
    return list(OrderLine.objects.visible_to(current()).filter(order=order, cancelled_at=None).order_by("position"))


def wish_of(order: Order, line: OrderLine) -> date | None:
    """The day by which a line is wished; an order that leaves as a whole has one day."""
    return (line.wished_on if order.in_parts else None) or order.wished_on


def due_of(order: Order, line: OrderLine) -> date | None:
    """The day by which a line counts on its goods: the one it was promised for, or it is wished by."""
    return line.promised_on or wish_of(order, line)


def needed_of(line: OrderLine) -> Decimal:
    """How much of a line has still to leave; of what is no product of ours, nothing is promised."""
    return max(line.quantity - line.shipped_quantity, Decimal(0)) if line.product_id is not None else Decimal(0)


def hold_supply(
    order: Order,
    quantities: Mapping[OrderLine, Decimal],
    *,
    days: Mapping[int, date | None],
    now: datetime,
    accepts_later: bool = False,
    only_whole: bool = False,
    is_first: bool = False,
    erp_known_at: datetime | None = None,
) -> Held:
    """Reserve so much for each line, by its day (by line id), in the manner that the buyer wished.

    With `only_whole`, nothing is reserved unless everything fits. Keeps to the shipments that the order has, unless
    this is its first promise. The lines themselves are the caller's.
    """
    seller = seller_with(seller_id=order.seller_id)
    today = seller.today(now) if seller else now.date()
    wanted = [(line, quantity) for line, quantity in quantities.items() if quantity > 0]
    if not wanted:
        return Held(policy_of(seller_id=order.seller_id), today)
    ids = {line.product_id for line, _ in wanted if line.product_id is not None}
    packs = {
        key: one.pack_quantity for key, one in products_for_order(product_ids=ids, seller_id=order.seller_id).items()
    }
    reserved = reserve_for_order(
        holder=Holder(order.pk, order.seller_id, order.buyer_entity_id, order.placed_at, erp_known_at),
        wanted=[
            Wanted(line.pk, line.product_id, quantity, days.get(line.pk), packs.get(line.product_id, Decimal(0)))
            for line, quantity in wanted
            if line.product_id is not None
        ],
        today=today,
        now=now,
        manner=Manner(
            in_parts=order.in_parts,
            accepts_later=accepts_later,
            leaving=frozenset() if is_first else shipments_of(order_id=order.pk),
        ),
        warehouse_id=order.warehouse_id,
        only_whole=only_whole,
    )
    return Held(reserved.policy, today, {promise.key: promise for promise in reserved.plan.lines})


def latest_promise(lines: Sequence[OrderLine]) -> date | None:
    """The day by which everything promised is there."""
    return max((line.promised_on for line in lines if line.promised_on and not line.cancelled_at), default=None)
