"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.BUYING, Right.CATALOG_SEE)
_SEE_ORDERS = allow(Section.BUYING, Right.ORDERS_SEE)
_PLACE = allow(Section.BUYING, Right.ORDERS_PLACE)

_BY_ADDRESS = Access(own_door="whoever knows the signed address, while its key is in force and its maker may see this")

TABLE: dict[str, Access] = {
    **dict.fromkeys(("buying:price-feed", "buying:price-feed-picture"), _BY_ADDRESS),
    **dict.fromkeys(
        (
            "buying:catalog",
            "buying:catalog-xlsx",
            "buying:suggest",
            "buying:search",
            "buying:search-suggest",
            "buying:prices",
            "buying:price-list-job",
            "buying:price-list-file",
            "buying:arrivals",
            "buying:arrivals-xlsx",
            "buying:product",
            "buying:media",
            "buying:picture",
        ),
        _SEE,
    ),
    **dict.fromkeys(
        (
            "buying:put",
            "buying:cart",
            "buying:cart-xlsx",
            "buying:cart-add",
            "buying:cart-paste",
            "buying:cart-line",
            "buying:cart-remove",
            "buying:cart-clear",
            "buying:cart-restore",
            "buying:cart-line-day",
            "buying:cart-line-supply",
            "buying:cart-line-instead",
            "buying:cart-delivery",
            "buying:cart-delivery-choose",
            "buying:cart-delivery-ask",
            "buying:cart-wish",
            "buying:cart-manner",
            "buying:cart-place",
            "buying:requisition-send",
            "buying:requisition-to-cart",
            "buying:order-repeat",
            "buying:order-cancel",
            "buying:order-comment",
            "buying:need-choose",
        ),
        _PLACE,
    ),
    **dict.fromkeys(
        (
            "buying:requisitions",
            "buying:requisitions-xlsx",
            "buying:requisitions-approve",
            "buying:requisition",
            "buying:requisition-approve",
            "buying:requisition-return",
            "buying:requisition-change",
            "buying:requisition-take-back",
            "buying:orders",
            "buying:orders-xlsx",
            "buying:order",
            "buying:order-print",
            "buying:order-xlsx",
            "buying:needs",
            "buying:needs-xlsx",
            "buying:order-note",
        ),
        _SEE_ORDERS,
    ),
}
