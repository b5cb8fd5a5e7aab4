"""The access tables of all areas of the portal, joined."""

from __future__ import annotations

from zveno.partners.access import Access
from zveno.portal.buying.access import TABLE as BUYING
from zveno.portal.claims.access import TABLE as CLAIMS
from zveno.portal.company.access import TABLE as COMPANY
from zveno.portal.delivery.access import TABLE as DELIVERY
from zveno.portal.entrance.access import TABLE as ENTRANCE
from zveno.portal.exchange.access import TABLE as EXCHANGE
from zveno.portal.money.access import TABLE as MONEY
from zveno.portal.people.access import TABLE as PEOPLE
from zveno.portal.selling.access import TABLE as SELLING
from zveno.portal.sellout.access import TABLE as SELLOUT

TABLE: dict[str, Access] = {
    **ENTRANCE,
    **BUYING,
    **SELLING,
    **DELIVERY,
    **CLAIMS,
    **EXCHANGE,
    **SELLOUT,
    **MONEY,
    **COMPANY,
    **PEOPLE,
}
