"""The endpoint's address; with and without the last slash, since people type it into 1С both ways."""

from __future__ import annotations

from django.urls import path

from zveno.plugins.erp.commerceml.endpoint import exchange

app_name = "commerceml"
urlpatterns = [
    path("<slug:slug>/", exchange, name="exchange"),
    path("<slug:slug>", exchange, name="exchange-bare"),
]
