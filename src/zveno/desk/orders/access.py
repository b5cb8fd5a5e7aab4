"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

TABLE: dict[str, Access] = dict.fromkeys(
    (
        "desk_orders:orders",
        "desk_orders:orders-xlsx",
        "desk_orders:search",
        "desk_orders:search-suggest",
        "desk_orders:order",
        "desk_orders:order-xlsx",
        "desk_orders:order-note",
    ),
    allow(Section.DESK, Right.SALES_SEE),
)
