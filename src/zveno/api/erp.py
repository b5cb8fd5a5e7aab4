"""Operations of a seller's key: its accounting system fetches orders and tells what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from zveno.api import erp_shapes, shown
from zveno.api.door import Caller, opened
from zveno.api.errors import NothingHere
from zveno.base.scope import Section
from zveno.catalog.queries.orderable import products_for_order
from zveno.exchange.actions.acknowledge_orders import acknowledge_orders as acknowledge
from zveno.exchange.actions.join_program import join_program
from zveno.exchange.queries.program_orders import orders_waiting
from zveno.orders.actions.apply_erp_order import ErpOrder, apply_erp_order
from zveno.orders.queries.for_erp import ErpOrderValue, orders_for_erp
from zveno.orders.rules.erp_words import ErpLine, ErpPayment, ErpShipment
from zveno.partners.queries.counterparties import buyers_by_entity
from zveno.partners.rules.roles import Right

router = Router(tags=["Accounting system"])


@router.get("/erp/orders", response=erp_shapes.ErpOrders, summary="Orders to take over")
def fetch_orders(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> erp_shapes.ErpOrders:
    """Orders that are new or have changed since your key acknowledged them, since the key was made.

    Without `after` from the beginning: what is not acknowledged comes again.
    """
    with opened(request, Section.SELLING, Right.SALES_SEE) as caller:
        waiting = orders_waiting(connection_id=connection_of(caller), after=after, limit=limit)
        orders = orders_for_erp(order_ids=[item.order_id for item in waiting])
        return erp_shapes.ErpOrders(
            items=_shown(caller, orders), next=waiting[-1].cursor if len(waiting) == limit else None
        )


@router.post("/erp/orders/acknowledge", response=erp_shapes.AcknowledgedCount, summary="Orders taken over")
def acknowledge_orders(request: HttpRequest, told: erp_shapes.Acknowledgement) -> erp_shapes.AcknowledgedCount:
    """Say which orders, in which version, you have taken over. They do not come again until they change."""
    with opened(request, Section.SELLING, Right.SALES_DECIDE) as caller:
        versions = {one.id: one.version for one in told.orders}
        if len(orders_for_erp(order_ids=versions)) < len(versions):
            raise NothingHere
        news = acknowledge(
            seller_id=caller.actor.company_id, connection_id=connection_of(caller), versions=versions, now=caller.now
        )
        return erp_shapes.AcknowledgedCount(acknowledged=news)


@router.get("/erp/orders/{order_id}", response=erp_shapes.ErpOrder, summary="One order")
def get_erp_order(request: HttpRequest, order_id: int) -> erp_shapes.ErpOrder:
    """The order as it is now."""
    with opened(request, Section.SELLING, Right.SALES_SEE) as caller:
        found = _shown(caller, orders_for_erp(order_ids=[order_id]))
        if not found:
            raise NothingHere
        return found[0]


@router.patch("/erp/orders/{order_id}", response=erp_shapes.Applied, summary="What became of an order")
def tell_order(request: HttpRequest, order_id: int, news: erp_shapes.News) -> erp_shapes.Applied:
    """Tell state, number, lines, shipments and payments. The same again changes nothing; a state that leads back is
    noted in the order's history and not taken.
    """
    with opened(request, Section.SELLING, Right.SALES_DECIDE) as caller:
        orders = orders_for_erp(order_ids=[order_id])
        if not orders:
            raise NothingHere
        applied = apply_erp_order(said=_said(caller, order_id, news), told_by=caller.key.key_name, now=caller.now)
        return erp_shapes.Applied(changes=list(applied.changes))


def connection_of(caller: Caller) -> int:
    """The connection of the caller's key, made at its first call."""
    return join_program(
        seller_id=caller.actor.company_id,
        key_id=caller.key.key_id,
        name=caller.key.key_name,
        since=caller.key.created_at,
        now=caller.now,
    )


def _shown(caller: Caller, orders: Sequence[ErpOrderValue]) -> list[erp_shapes.ErpOrder]:
    entities = {order.buyer_entity_id for order in orders}
    buyers = buyers_by_entity(seller_id=caller.actor.company_id, entity_ids=entities)
    return [shown.erp_order(order, buyers.get(order.buyer_entity_id)) for order in orders]


def _said(caller: Caller, order_id: int, news: erp_shapes.News) -> ErpOrder:
    lines = [*(news.lines or ()), *(line for shipment in news.shipments for line in shipment.lines)]
    _check_products(caller, lines)
    return ErpOrder(
        seller_id=caller.actor.company_id,
        order_id=order_id,
        erp_number=news.erp_number,
        state=news.state,
        word=news.word,
        promised_on=news.promised_on,
        total=news.total,
        lines=tuple(_line(line) for line in news.lines) if news.lines is not None else None,
        shipments=tuple(
            ErpShipment(
                number=one.number,
                shipped_at=one.shipped_at,
                lines=tuple(_line(line) for line in one.lines),
                is_void=one.is_void,
                carrier=one.carrier,
                tracking=one.tracking,
            )
            for one in news.shipments
        ),
        payments=tuple(ErpPayment(number=one.number, paid_on=one.paid_on, amount=one.amount) for one in news.payments),
    )


def _check_products(caller: Caller, lines: Sequence[erp_shapes.ToldLine]) -> None:
    """Products that the seller sells are known by their ids; another's id is no product here."""
    ids = {line.product_id for line in lines if line.product_id is not None}
    known = products_for_order(product_ids=ids, seller_id=caller.actor.company_id)
    if ids - known.keys():
        raise NothingHere


def _line(line: erp_shapes.ToldLine) -> ErpLine:
    return ErpLine(
        product_id=line.product_id,
        quantity=line.quantity,
        price=line.price,
        total=line.total,
        name=line.name,
        unit=line.unit,
        discount_percent=Decimal(0),
    )
