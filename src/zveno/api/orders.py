"""Operations of a buyer's key on orders: place in one call, list, read, cancel."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from ninja import Header, Query, Router
from ninja.responses import Status
from pydantic import Field

from zveno.api import shapes, shown
from zveno.api.delivery import wish_of
from zveno.api.delivery_shapes import GivenDelivery
from zveno.api.door import opened, opened_terms
from zveno.api.errors import IdempotencyKeyMissing, NothingHere
from zveno.api.lines import named_products
from zveno.api.requisitions import shown_requisition
from zveno.base.scope import Section
from zveno.orders.actions.approval.write_requisition import SentForApproval
from zveno.orders.actions.cancel_order import cancel_order as cancel
from zveno.orders.actions.place_order import place_order as place
from zveno.orders.queries.decision import wait_for_outcome
from zveno.orders.queries.order_list import order_list, typed_filter
from zveno.orders.queries.order_page import order_page
from zveno.orders.queries.outcome import order_outcome
from zveno.orders.rules.states import OrderState
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.partners.rules.roles import Right

router = Router(tags=["Orders"])


class GivenOrder(shapes.GivenOrder):
    """An order to place. Without `wished_on`: as soon as possible; without `delivery`: as usual for the entity."""

    delivery: GivenDelivery | None = None


_KEY_MOST = 80

Wait = Annotated[float, Query(ge=0, le=10, description="Seconds to wait for the promise.")]


@router.post(
    "/orders",
    response={200: shapes.Order, 201: shapes.Order, 202: shapes.Requisition},
    summary="Place an order",
)
def place_order(
    request: HttpRequest,
    wanted: GivenOrder,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
    wait: Wait = 2,
) -> Status[shapes.Order] | Status[shapes.Requisition]:
    """Place an order in one call, and wait a moment for its promise.

    201: placed. 200: the same key and content had been placed before. 202: your company approves it first; the same
    call tells how that stands, and gives the order once it is placed. 409: the key was used for something else.
    `state` is `placed` when the promise is not made within `wait` seconds; read the order again then.
    """
    if not 0 < len(idempotency_key) <= _KEY_MOST:
        raise IdempotencyKeyMissing(place="Idempotency-Key", most=_KEY_MOST)
    with opened_terms(request, Right.ORDERS_PLACE, seller=wanted.seller, entity=wanted.entity) as (caller, terms):
        ids = named_products(wanted.lines, seller_id=terms.seller_id)
        order = place(
            actor=caller.actor,
            seller_id=terms.seller_id,
            lines=[
                OrderedLine(key, line.quantity, line.wished_on) for key, line in zip(ids, wanted.lines, strict=True)
            ],
            idempotency_key=idempotency_key,
            wishes=Wishes(wanted.wished_on, wanted.in_parts, wanted.warehouse),
            comment=wanted.comment,
            now=caller.now,
            key_id=caller.key.key_id,
            delivery=wish_of(wanted.delivery),
        )
        if isinstance(order, SentForApproval):
            return Status(202, shown_requisition(order.id))
    seconds = wait if order.state is OrderState.PLACED else 0
    found = wait_for_outcome(scope=caller.scope, order_id=order.id, seconds=seconds)
    if found is None:
        raise NothingHere
    return Status(200 if order.is_repeat else 201, shown.placed(found))


@router.get("/orders", response=shapes.OrderRows, summary="Your company's orders")
def list_orders(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=200)] = "",
    state: OrderState | None = None,
    entity: int | None = None,
    seller: int | None = None,
    page: Annotated[int, Field(ge=1, le=100_000)] = 1,
    per_page: Annotated[int, Field(ge=1, le=200)] = 50,
) -> shapes.OrderRows:
    """The orders of your entities, the newest first: whoever placed them, and those made by the seller's people."""
    with opened(request, Section.BUYING, Right.ORDERS_SEE) as caller:
        zone = caller.actor.time_zone
        today = caller.now.astimezone(ZoneInfo(zone)).date()
        wanted = replace(
            typed_filter(search, today=today, time_zone=zone),
            states=[state] if state else (),
            entity_ids=[entity] if entity is not None else (),
            seller_ids=[seller] if seller is not None else (),
        )
        found = order_list(wanted=wanted, page=page, per_page=per_page)
        return shapes.OrderRows(
            items=[shown.order_row(row) for row in found.rows],
            count=found.count,
            page=found.page,
            pages=found.pages,
            has_more=found.more,
        )


@router.get("/orders/{order_id}", response=shapes.OrderFull, summary="One order in full")
def get_order(request: HttpRequest, order_id: int) -> shapes.OrderFull:
    """The order with lines, shipments, payments and history."""
    with opened(request, Section.BUYING, Right.ORDERS_SEE):
        page = order_page(order_id=order_id)
        if page is None:
            raise NothingHere
        return shown.order_full(page)


@router.post("/orders/{order_id}/cancel", response=shapes.Order, summary="Cancel an order")
def cancel_order(request: HttpRequest, order_id: int) -> shapes.Order:
    """Cancel the order while the seller's warehouse has not begun. Cancelling again changes nothing."""
    with opened(request, Section.BUYING, Right.ORDERS_PLACE) as caller:
        cancel(actor=caller.actor, order_id=order_id, now=caller.now)
        found = order_outcome(order_id=order_id)
        if found is None:
            raise NothingHere
        return shown.placed(found)
