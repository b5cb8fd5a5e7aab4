"""A seller's key tells how a shipment goes, so that the buyer can follow it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from zveno.api import erp_shapes
from zveno.api.door import opened
from zveno.api.errors import NothingHere
from zveno.base.scope import Section
from zveno.delivery.actions.follow_parcel import SentGoods, follow_parcel
from zveno.delivery.actions.record_tracking import tell_words
from zveno.delivery.queries.parcels import parcel_with
from zveno.delivery.rules.tracking import Said
from zveno.orders.queries.order_list import orders_by_id
from zveno.partners.rules.roles import Right

router = Router(tags=["Accounting system"])


@router.put("/erp/orders/{order_id}/parcels/{shipment}", response=erp_shapes.ParcelNow, summary="How a shipment goes")
def tell_parcel(
    request: HttpRequest, order_id: int, shipment: str, told: erp_shapes.ToldParcel
) -> erp_shapes.ParcelNow:
    """Tell carrier, waybill and what happened to the goods of a shipment, known by its number. The same again changes
    nothing; words may come in any order.
    """
    with opened(request, Section.SELLING, Right.SALES_DECIDE) as caller:
        order = orders_by_id([order_id]).get(order_id)
        if order is None or not 0 < len(shipment) <= 60:
            raise NothingHere
        parcel_id = follow_parcel(
            seller_id=caller.actor.company_id,
            company_id=order.buyer_company_id,
            entity_id=order.buyer_entity_id,
            order_id=order.id,
            order_number=order.number,
            sent=SentGoods(shipment, told.sent_on, told.carrier, told.number),
            source="api",
            now=caller.now,
        )
        tell_words(
            parcel_id=parcel_id,
            said=[Said(word.at, word.state, "told", word.text, word.place) for word in told.words],
            expected_on=told.expected_on,
            now=caller.now,
        )
        parcel = parcel_with(parcel_id=parcel_id)
        if parcel is None:
            raise NothingHere
        return erp_shapes.ParcelNow(id=parcel.id, state=parcel.state.value, expected_on=parcel.expected_on)
