"""The access tables of all areas of the desk, joined."""

from __future__ import annotations

from zveno.desk.chain.access import TABLE as CHAIN
from zveno.desk.delivery.access import TABLE as DELIVERY
from zveno.desk.exchange.access import TABLE as EXCHANGE
from zveno.desk.orders.access import TABLE as ORDERS
from zveno.desk.partners.access import TABLE as PARTNERS
from zveno.desk.sellout.access import TABLE as SELLOUT
from zveno.partners.access import Access

TABLE: dict[str, Access] = {**PARTNERS, **CHAIN, **ORDERS, **EXCHANGE, **SELLOUT, **DELIVERY}
