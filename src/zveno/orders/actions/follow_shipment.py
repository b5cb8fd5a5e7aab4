"""A shipment of the ERP becomes a parcel that both sides can follow."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from zveno.delivery.actions.follow_parcel import SentGoods, follow_parcel, forget_shipment
from zveno.delivery.queries.order_delivery import is_followed
from zveno.orders.models import Order
from zveno.orders.rules.erp_words import ErpShipment


def follow_shipment(order: Order, said: ErpShipment, *, now: datetime) -> None:
    """Keep the shipment's parcel up to date, where the order's delivery is planned here or the ERP tells how it goes.

    Told again, nothing changes; a shipment called off calls its parcel off.
    """
    if said.is_void:
        forget_shipment(order_id=order.pk, shipment_number=said.number, now=now)
        return
    if not (said.carrier or said.tracking or is_followed(order_id=order.pk)):
        return
    contents: defaultdict[int, Decimal] = defaultdict(Decimal)
    for line in said.lines:
        if line.product_id is not None:
            contents[line.product_id] += line.quantity
    follow_parcel(
        seller_id=order.seller_id,
        company_id=order.buyer_company_id,
        entity_id=order.buyer_entity_id,
        order_id=order.pk,
        order_number=order.number,
        sent=SentGoods(said.number, said.shipped_at.date(), said.carrier, said.tracking, contents),
        source="erp",
        now=now,
    )
