"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import PUBLIC, Access, allow
from zveno.partners.rules.roles import Right

_BUYER = allow(Section.BUYING, Right.MONEY_SEE)
_SELLER = allow(Section.SELLING, Right.MONEY_SEE)
_DECIDE = allow(Section.SELLING, Right.SALES_DECIDE)

TABLE: dict[str, Access] = {
    **dict.fromkeys(
        (
            "money:settlements",
            "money:settlements-xlsx",
            "money:documents",
            "money:documents-xlsx",
            "money:document",
            "money:receivables",
            "money:receivables-xlsx",
            "money:calendar",
            "money:mail",
        ),
        _BUYER,
    ),
    "money:mail-off": PUBLIC,
    **dict.fromkeys(
        (
            "client_money:clients",
            "client_money:clients-xlsx",
            "client_money:client",
            "client_money:settlements",
            "client_money:settlements-xlsx",
            "client_money:documents",
            "client_money:documents-xlsx",
            "client_money:document",
            "client_money:receivables",
            "client_money:receivables-xlsx",
            "client_money:calendar",
            "client_money:differences",
            "client_money:credit",
        ),
        _SELLER,
    ),
    **dict.fromkeys(("client_money:limit", "client_money:policy"), _DECIDE),
}
