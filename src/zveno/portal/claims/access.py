"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.BUYING, Right.ORDERS_SEE)
_CLAIM = allow(Section.BUYING, Right.ORDERS_PLACE)
_SEE_SALES = allow(Section.SELLING, Right.SALES_SEE)
_DECIDE = allow(Section.SELLING, Right.SALES_DECIDE)

TABLE: dict[str, Access] = {
    **dict.fromkeys(("claims:list", "claims:list-xlsx", "claims:claim", "claims:file"), _SEE),
    **dict.fromkeys(("claims:choose", "claims:new", "claims:say", "claims:withdraw", "claims:dispute"), _CLAIM),
    **dict.fromkeys(
        ("received:list", "received:list-xlsx", "received:figures-xlsx", "received:claim", "received:file"), _SEE_SALES
    ),
    **dict.fromkeys(
        ("received:take", "received:ask", "received:say", "received:decide", "received:finish", "received:terms"),
        _DECIDE,
    ),
}
