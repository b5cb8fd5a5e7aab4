"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE_ORDERS = allow(Section.BUYING, Right.ORDERS_SEE)
_PLACE = allow(Section.BUYING, Right.ORDERS_PLACE)
_SEE_SALES = allow(Section.SELLING, Right.SALES_SEE)
_DECIDE = allow(Section.SELLING, Right.SALES_DECIDE)

TABLE: dict[str, Access] = {
    **dict.fromkeys(
        ("brought:shipments", "brought:shipments-xlsx", "brought:shipment"),
        _SEE_ORDERS,
    ),
    **dict.fromkeys(
        (
            "brought:order-choose",
            "brought:addresses",
            "brought:address-new",
            "brought:address",
            "brought:address-archive",
            "brought:places",
        ),
        _PLACE,
    ),
    **dict.fromkeys(
        (
            "sent:shipments",
            "sent:shipments-xlsx",
            "sent:shipment",
            "sent:shipment-label",
            "carriers:carriers",
            "carriers:carrier",
            "carriers:tariff",
            "carriers:tariff-xlsx",
            "carriers:zones",
            "carriers:warehouses",
        ),
        _SEE_SALES,
    ),
    **dict.fromkeys(
        (
            "sent:shipment-say",
            "sent:shipment-number",
            "sent:shipment-cancel",
            "sent:shipment-again",
            "sent:order-choose",
            "sent:order-charge",
            "sent:segment-book",
            "sent:segment-send",
            "carriers:carrier-new",
            "carriers:carrier-terms",
            "carriers:carrier-surcharge",
            "carriers:carrier-account",
            "carriers:carrier-secret",
            "carriers:tariff-check",
            "carriers:tariff-take",
            "carriers:zone-new",
            "carriers:zone",
            "carriers:zone-remove",
            "carriers:warehouse",
            "carriers:fragile",
            "carriers:places",
        ),
        _DECIDE,
    ),
}
