"""An order as the seller's accounting system needs it: placed by the buyer's company, whoever of it clicked (N11)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.states import OrderState
from zveno.partners.queries.parties import BuyerValue, buyer_with


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A line as it stands; `total` is after the discount."""

    line_id: int
    product_id: int | None
    code: str
    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    discount_percent: Decimal
    total: Decimal
    vat_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """The order's content at `version`; `buyer` has the codes by which the ERP knows the counterparty."""

    id: int
    number: str
    erp_number: str
    version: int
    state: OrderState
    source: str
    seller_id: int
    buyer: BuyerValue | None
    placed_at: datetime
    placed_by: str
    wished_on: date | None
    promised_on: date | None
    currency: str
    vat_included: bool
    total: Decimal
    comment: str
    lines: tuple[ExportLine, ...]


def order_export(*, order_ids: Collection[int]) -> tuple[ExportOrder, ...]:
    """The orders with these ids that the current scope may see, by id; cancelled lines are left out.

    Two SQL statements, and one for each buyer's entity.
    """
    orders = Order.objects.visible_to(current()).filter(pk__in=order_ids).select_related("placed_by")
    found = list(orders.defer("search_text").order_by("id"))
    lines: dict[int, list[ExportLine]] = {order.pk: [] for order in found}
    rows = OrderLine.objects.visible_to(current()).filter(order_id__in=lines, cancelled_at=None)
    for row in rows.order_by("order_id", "position"):
        lines[row.order_id].append(_line(row))
    buyers = {key: buyer_with(entity_id=key) for key in {order.buyer_entity_id for order in found}}
    return tuple(_export(order, buyers[order.buyer_entity_id], lines[order.pk]) for order in found)


def _line(row: OrderLine) -> ExportLine:
    return ExportLine(
        line_id=row.pk,
        product_id=row.product_id,
        code=row.code,
        name=row.name,
        unit=row.unit,
        quantity=row.quantity,
        price=row.price,
        discount_percent=row.discount_percent,
        total=row.total,
        vat_percent=row.vat_percent,
    )


def _export(order: Order, buyer: BuyerValue | None, lines: list[ExportLine]) -> ExportOrder:
    return ExportOrder(
        id=order.pk,
        number=order.number,
        erp_number=order.erp_number,
        version=order.version,
        state=OrderState(order.state),
        source=order.source,
        seller_id=order.seller_id,
        buyer=buyer,
        placed_at=order.placed_at,
        placed_by=order.placed_by.shown_name if order.placed_by else "",
        wished_on=order.wished_on,
        promised_on=order.promised_on,
        currency=order.currency,
        vat_included=order.vat_included,
        total=order.total,
        comment=order.comment,
        lines=tuple(lines),
    )
