"""Addresses of this area for sellers: carriers, tariffs, zones, warehouses."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.delivery import addresses, carriers, tariffs, warehouses, zones

app_name = "carriers"
urlpatterns: list[URLPattern] = [
    path("", carriers.show_list, name="carriers"),
    path("carriers/new/", carriers.create, name="carrier-new"),
    path("carriers/<int:carrier_id>/", carriers.show, name="carrier"),
    path("carriers/<int:carrier_id>/terms", carriers.set_terms, name="carrier-terms"),
    path("carriers/<int:carrier_id>/surcharge", carriers.set_extra, name="carrier-surcharge"),
    path("carriers/<int:carrier_id>/account", carriers.set_account, name="carrier-account"),
    path("carriers/<int:carrier_id>/secret", carriers.renew_secret, name="carrier-secret"),
    path("carriers/<int:carrier_id>/tariff/", tariffs.show, name="tariff"),
    path("carriers/<int:carrier_id>/tariff.xlsx", tariffs.export, name="tariff-xlsx"),
    path("carriers/<int:carrier_id>/tariff/check", tariffs.check, name="tariff-check"),
    path("carriers/<int:carrier_id>/tariff/take", tariffs.take, name="tariff-take"),
    path("zones/", zones.show_list, name="zones"),
    path("zones/new/", zones.create, name="zone-new"),
    path("zones/<int:zone_id>/", zones.change, name="zone"),
    path("zones/<int:zone_id>/remove", zones.remove, name="zone-remove"),
    path("warehouses/", warehouses.show_list, name="warehouses"),
    path("warehouses/<int:warehouse_id>/", warehouses.change, name="warehouse"),
    path("warehouses/fragile", warehouses.set_fragile, name="fragile"),
    path("places", addresses.suggest, name="places"),
]
