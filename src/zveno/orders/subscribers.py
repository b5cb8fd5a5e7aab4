"""What orders do when they hear of events; joined in `config/wiring.py`."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from zveno.delivery.events import CarrierAnswered, ParcelMoved
from zveno.orders.actions.tell_parcel import tell_parcel
from zveno.orders.events import (
    NeedChosen,
    OrderChanged,
    OrderFollowed,
    OrderPlaced,
    RequisitionApproved,
    RequisitionDecided,
    RequisitionWaits,
    SupplyHeld,
)
from zveno.orders.jobs import (
    ask_for_words,
    carry_out,
    confirm_order,
    cover_soon,
    mail_author,
    pass_on_requisitions,
    place_approved,
    plan_delivery,
    reconsider_order,
    release_order,
    settle_soon,
    weigh_buyer,
)
from zveno.partners.events import MemberBlocked
from zveno.stock.events import PromiseShaken, SupplyCame, SupplyShort


def promise_soon(event: OrderPlaced) -> None:
    """A placed order gets its promise by a job that starts when the placing is committed."""
    confirm_order.defer(order_id=event.order_id)


def ask_for_approval(event: RequisitionWaits) -> None:
    """Who must decide is asked by mail."""
    ask_for_words.defer(requisition_id=event.requisition_id)


def place_the_approved(event: RequisitionApproved) -> None:
    """An approved requisition becomes an order by a job that starts when the last word is committed."""
    place_approved.defer(requisition_id=event.requisition_id)


def tell_the_author(event: RequisitionDecided) -> None:
    """The author hears by mail what became of it."""
    mail_author.defer(requisition_id=event.requisition_id, what=event.what)


def pass_on_what_is_left(event: MemberBlocked) -> None:
    """What a blocked person has sent for approval passes to the head (F23)."""
    pass_on_requisitions.defer(company_id=event.company_id, user_id=event.user_id)


def release_when_over(event: OrderChanged) -> None:
    """A cancelled order gives back what it holds; what any order gave back may cover the needs of others."""
    if event.what == "cancelled":
        release_order.defer(order_id=event.order_id)
    elif event.what in ("rejected", "reduced"):
        cover_soon(event.seller_id)


def weigh_soon(event: OrderFollowed) -> None:
    """What a buyer gets may change its standing. What it orders is weighed when the order is decided."""
    weigh_buyer.defer(seller_id=event.seller_id, entity_id=event.buyer_entity_id)


def weigh_when_void(event: OrderChanged) -> None:
    """An order that came to nothing counts no more."""
    if event.what in ("cancelled", "rejected"):
        weigh_buyer.defer(seller_id=event.seller_id, entity_id=event.buyer_entity_id)


def look_again_at(event: PromiseShaken) -> None:
    """Orders whose goods will not come as promised are promised anew, each by a job of its own, the urgent first."""
    changes: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in event.shaken:
        changes[one.order_id].append(
            {
                "product_id": one.product_id,
                "change": one.change,
                "document": one.document,
                "before": one.before.isoformat() if one.before else "",
                "after": one.after.isoformat() if one.after else "",
            }
        )
    for order_id, told in changes.items():
        reconsider_order.defer(order_id=order_id, changes=told)
    cover_soon(event.seller_id)


def do_as_chosen(event: NeedChosen) -> None:
    """What a buyer chose for a need is carried out at once, by the system."""
    carry_out.defer(need_id=event.need_id)


def cover_needs(event: SupplyCame) -> None:
    """New supply covers open needs, soon."""
    cover_soon(event.seller_id)


def settle_later(event: SupplyShort) -> None:
    """What was counted below what is promised takes goods from orders, unless shipments explain it in time."""
    settle_soon(event.seller_id, event.product_ids, after_minutes=event.after_minutes)


def plan_delivery_of(event: SupplyHeld | CarrierAnswered) -> None:
    """What is brought, from where and when follows what the order holds, and what carriers tell."""
    plan_delivery.defer(order_id=event.order_id)


def bring_nothing_when_void(event: OrderChanged) -> None:
    """A cancelled or rejected order has nothing to bring."""
    if event.what in ("cancelled", "rejected"):
        plan_delivery.defer(order_id=event.order_id)


def tell_of_parcel(event: ParcelMoved) -> None:
    """What becomes of an order's parcels stands in its history."""
    tell_parcel(order_id=event.order_id, number=event.number, carrier=event.carrier, state=event.state, now=event.at)
