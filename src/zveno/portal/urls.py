"""Addresses of the portal, area by area."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("zveno.portal.entrance.urls")),
    path("sell/exchange/", include("zveno.portal.exchange.urls")),
    path("sell/money/", include("zveno.portal.money.client_urls")),
    path("money/", include("zveno.portal.money.urls")),
    path("sell-out/", include("zveno.portal.sellout.urls")),
    path("company/", include("zveno.portal.company.urls")),
    path("profile/", include("zveno.portal.people.urls")),
    path("sell/delivery/", include("zveno.portal.delivery.urls_carriers")),
    path("sell/shipments/", include("zveno.portal.delivery.urls_sent")),
    path("buy/delivery/", include("zveno.portal.delivery.urls_buying")),
    path("sell/claims/", include("zveno.portal.claims.urls_selling")),
    path("buy/claims/", include("zveno.portal.claims.urls_buying")),
    path("sell/", include("zveno.portal.selling.urls")),
    path("buy/", include("zveno.portal.buying.urls")),
]
