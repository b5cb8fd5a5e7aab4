"""Addresses of this area for buyers."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.delivery import addresses, orders, shipments

app_name = "brought"
urlpatterns: list[URLPattern] = [
    path("orders/<int:order_id>/choose", orders.choose, name="order-choose"),
    path("places", addresses.suggest, name="places"),
    path("entities/<int:entity_id>/addresses/", addresses.show_list, name="addresses"),
    path("entities/<int:entity_id>/addresses/new/", addresses.create, name="address-new"),
    path("addresses/<int:address_id>/", addresses.change, name="address"),
    path("addresses/<int:address_id>/archive", addresses.archive, name="address-archive"),
    path("shipments/", shipments.show_list, name="shipments"),
    path("shipments.xlsx", shipments.export_list, name="shipments-xlsx"),
    path("shipments/<int:parcel_id>/", shipments.show, name="shipment"),
]
