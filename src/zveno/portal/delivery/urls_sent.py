"""Addresses of this area for sellers: what is sent."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.delivery import orders, shipments

app_name = "sent"
urlpatterns: list[URLPattern] = [
    path("", shipments.show_list, name="shipments"),
    path("list.xlsx", shipments.export_list, name="shipments-xlsx"),
    path("<int:parcel_id>/", shipments.show, name="shipment"),
    path("<int:parcel_id>/label", shipments.label, name="shipment-label"),
    path("<int:parcel_id>/say", shipments.say, name="shipment-say"),
    path("<int:parcel_id>/number", shipments.set_number, name="shipment-number"),
    path("<int:parcel_id>/cancel", shipments.cancel, name="shipment-cancel"),
    path("<int:parcel_id>/again", shipments.try_again, name="shipment-again"),
    path("orders/<int:order_id>/choose", orders.choose, name="order-choose"),
    path("orders/<int:order_id>/charge", orders.charge, name="order-charge"),
    path("orders/<int:order_id>/segments/<int:segment_id>/book", orders.book, name="segment-book"),
    path("orders/<int:order_id>/segments/<int:segment_id>/send", orders.send, name="segment-send"),
]
