"""The API and its address."""

from __future__ import annotations

from ninja import NinjaAPI

from zveno.api import delivery, erp, erp_parcels, orders, problems, products, requisitions, stock
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
for router in (
    products.router,
    orders.router,
    requisitions.router,
    delivery.router,
    erp.router,
    erp_parcels.router,
    stock.router,
):
    api.add_router("", router)
