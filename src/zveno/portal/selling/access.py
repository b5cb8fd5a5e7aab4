"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.SELLING, Right.SALES_SEE)
_DECIDE = allow(Section.SELLING, Right.SALES_DECIDE)

TABLE: dict[str, Access] = {
    **dict.fromkeys(
        (
            "selling:decisions",
            "selling:orders",
            "selling:orders-xlsx",
            "selling:order",
            "selling:order-xlsx",
            "selling:order-note",
            "selling:clients",
            "selling:client",
            "selling:client-suggest",
            "selling:prices",
            "selling:price-kind",
            "selling:price-kind-xlsx",
            "selling:price-offers",
            "selling:price-rules",
            "selling:price-answer",
            "selling:price-product-suggest",
            "selling:stock",
            "selling:stock-xlsx",
            "selling:stock-product",
            "selling:stock-check",
            "selling:stock-settings",
            "selling:opening-suggest",
            "selling:stock-movements",
            "selling:stock-movements-xlsx",
            "selling:arrivals",
            "selling:arrivals-xlsx",
            "selling:needs",
            "selling:needs-xlsx",
            "selling:relations",
            "selling:relations-xlsx",
            "selling:relation-suggest",
            "selling:picture",
            "selling:search",
            "selling:search-suggest",
        ),
        _SEE,
    ),
    **dict.fromkeys(
        (
            "selling:order-answer",
            "selling:order-say",
            "selling:client-status",
            "selling:client-paste",
            "selling:client-add",
            "selling:price-kind-new",
            "selling:price-kind-edit",
            "selling:price-paste",
            "selling:price-put",
            "selling:offer-add",
            "selling:price-rule-end",
            "selling:price-combine",
            "selling:price-round",
            "selling:price-status-new",
            "selling:price-status",
            "selling:stock-mend",
            "selling:stock-settings-save",
            "selling:warehouse-open",
            "selling:warehouse-close",
            "selling:need-answer",
            "selling:relation-add",
            "selling:relation-drop",
        ),
        _DECIDE,
    ),
}
