"""What each address of the API demands. Its callers sign in with keys, which `zveno.api.door` checks."""

from __future__ import annotations

from zveno.partners.access import Access

_BY_KEY = Access(own_door="programs sign in with a key; the door finds its holder, section and right")

TABLE: dict[str, Access] = {
    "api:api-root": Access(own_door="the root has nothing to show"),
    "api:openapi-json": Access(own_door="the description of the API holds no data"),
    **dict.fromkeys(
        (
            "api:list_sellers",
            "api:list_products",
            "api:get_product",
            "api:ask_promise",
            "api:place_order",
            "api:list_orders",
            "api:get_order",
            "api:cancel_order",
            "api:list_requisitions",
            "api:get_requisition",
            "api:withdraw_requisition",
            "api:list_addresses",
            "api:ask_delivery",
            "api:get_delivery",
            "api:fetch_orders",
            "api:acknowledge_orders",
            "api:get_erp_order",
            "api:tell_order",
            "api:list_balances",
            "api:list_money_documents",
            "api:list_receivables",
            "api:tell_settlements",
            "api:list_differences",
            "api:list_warehouses",
            "api:tell_stock",
            "api:tell_arrivals",
            "api:tell_relations",
            "api:tell_parcel",
        ),
        _BY_KEY,
    ),
}
