"""Writing down an order that was born in the seller's accounting system, by phone or by a manager (N17)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.orders.errors import ErpOrderIncomplete
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.erp_words import ErpLine, free_name
from zveno.orders.rules.lines import order_total
from zveno.orders.rules.states import OrderState
from zveno.pricing.actions.claim_first_order import claim_first_order


def create_erp_order(
    *,
    seller_id: int,
    buyer_company_id: int | None,
    buyer_entity_id: int | None,
    erp_number: str,
    ordered_at: datetime,
    state: OrderState,
    currency: str,
    vat_included: bool,
    total: Decimal | None,
    wished_on: date | None,
    comment: str,
    author: str,
    lines: Sequence[ErpLine],
    now: datetime,
) -> tuple[Order, bool]:
    """The order of this number, year and buyer: the one that is here already (locked), or a new one; and which it is.

    Raises ErpOrderIncomplete without buyer, number or lines.
    """
    if buyer_company_id is None or buyer_entity_id is None:
        raise ErpOrderIncomplete(lacks="buyer", number=erp_number)
    if not erp_number:
        raise ErpOrderIncomplete(lacks="number", number="")
    known = Order.objects.visible_to(current()).filter(seller_id=seller_id)
    same = known.filter(erp_number=erp_number, buyer_entity_id=buyer_entity_id, placed_at__year=ordered_at.year)
    if found := same.select_for_update().first():
        return found, False
    if not lines:
        raise ErpOrderIncomplete(lacks="lines", number=erp_number)
    order = Order(
        seller_id=seller_id,
        buyer_company_id=buyer_company_id,
        buyer_entity_id=buyer_entity_id,
        number=free_name(erp_number, ordered_at.date(), lambda name: known.filter(number=name).exists()),
        erp_number=erp_number,
        state=state.value,
        source="erp",
        placed_at=ordered_at,
        confirmed_at=now if state is OrderState.CONFIRMED else None,
        decided_at=now,
        wished_on=wished_on,
        currency=currency,
        total=total if total is not None else order_total(line.total for line in lines),
        vat_included=vat_included,
        line_count=len(lines),
        comment=comment[:1000],
        erp_author=author.strip()[:200],
    )
    order.save(force_insert=True)
    claim_first_order(seller_id=seller_id, buyer_entity_id=buyer_entity_id, now=now)
    OrderLine.objects.bulk_create(line_of(order, at, line) for at, line in enumerate(lines, 1))
    return order, True


def line_of(order: Order, position: int, said: ErpLine) -> OrderLine:
    """A line as the ERP says it, not covered by anything yet."""
    return OrderLine(
        order=order,
        seller_id=order.seller_id,
        buyer_entity_id=order.buyer_entity_id,
        position=position,
        product_id=said.product_id,
        code=said.code,
        name=said.name,
        unit=said.unit,
        quantity=said.quantity,
        uncovered=said.quantity if said.product_id is not None else Decimal(0),
        price=said.price,
        discount_percent=said.discount_percent,
        total=said.total,
        vat_percent=said.vat_percent,
        price_trace=[{"code": "erp_price"}],
    )
