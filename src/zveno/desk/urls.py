"""Addresses of the desk, area by area."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("partners/", include("zveno.desk.partners.urls")),
    path("exchange/", include("zveno.desk.exchange.urls")),
    path("sellout/", include("zveno.desk.sellout.urls")),
    path("orders/", include("zveno.desk.orders.urls")),
    path("delivery/", include("zveno.desk.delivery.urls")),
    path("chain/", include("zveno.desk.chain.urls")),
]
