"""The API and its address."""

from __future__ import annotations

from ninja import NinjaAPI

from zveno.api import delivery, erp, erp_money, erp_parcels, money, orders, problems, products, requisitions, stock
from zveno.api.door import BearerKey

api = NinjaAPI(
    title="Zveno",
    version="1",
    description=(
        "For programs of buyers and of sellers' accounting systems. A key is made in the company's settings and sent "
        "as `Authorization: Bearer …`. Errors are `application/problem+json` with the path of each wrong field."
    ),
    urls_namespace="api",
    docs_url=None,
    auth=BearerKey(),
)
problems.register(api)
_ROUTERS = (
    products.router,
    orders.router,
    requisitions.router,
    delivery.router,
    money.router,
    erp.router,
    erp_parcels.router,
    erp_money.router,
    stock.router,
)
for router in _ROUTERS:
    api.add_router("", router)
