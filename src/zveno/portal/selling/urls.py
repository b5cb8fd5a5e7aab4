"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.buying import media
from zveno.portal.selling import (
    arrivals,
    clients,
    decisions,
    movements,
    needs,
    orders,
    relations,
    search,
    stock,
    stock_check,
    supply_settings,
)

app_name = "selling"
urlpatterns: list[URLPattern] = [
    path("", decisions.show, name="decisions"),
    path("orders/", orders.show_list, name="orders"),
    path("orders.xlsx", orders.export_list, name="orders-xlsx"),
    path("orders/<int:order_id>/", orders.show, name="order"),
    path("orders/<int:order_id>.xlsx", orders.export, name="order-xlsx"),
    path("orders/<int:order_id>/note", orders.note, name="order-note"),
    path("orders/<int:order_id>/say", decisions.say, name="order-say"),
    path("orders/<int:order_id>/<slug:answer>", decisions.decide, name="order-answer"),
    path("clients/", clients.show, name="clients"),
    path("stock/", stock.show_list, name="stock"),
    path("stock.xlsx", stock.export_list, name="stock-xlsx"),
    path("stock/check/", stock_check.show, name="stock-check"),
    path("stock/check/mend", stock_check.mend, name="stock-mend"),
    path("stock/settings/", supply_settings.show, name="stock-settings"),
    path("stock/settings/suggest", supply_settings.suggest, name="opening-suggest"),
    path("stock/settings/save", supply_settings.save, name="stock-settings-save"),
    path("stock/settings/open", supply_settings.open_place, name="warehouse-open"),
    path("stock/settings/close", supply_settings.close_place, name="warehouse-close"),
    path("stock/<int:product_id>/", stock.explain, name="stock-product"),
    path("stock/<int:product_id>/<int:warehouse_id>/", movements.show, name="stock-movements"),
    path("stock/<int:product_id>/<int:warehouse_id>.xlsx", movements.export, name="stock-movements-xlsx"),
    path("arrivals/", arrivals.show, name="arrivals"),
    path("arrivals.xlsx", arrivals.export, name="arrivals-xlsx"),
    path("needs/", needs.show, name="needs"),
    path("needs.xlsx", needs.export, name="needs-xlsx"),
    path("needs/<int:need_id>/<slug:answer>", needs.answer, name="need-answer"),
    path("relations/", relations.show, name="relations"),
    path("relations.xlsx", relations.export, name="relations-xlsx"),
    path("relations/add", relations.add, name="relation-add"),
    path("relations/suggest", relations.suggest, name="relation-suggest"),
    path("relations/<int:relation_id>/drop", relations.drop, name="relation-drop"),
    path("media/<int:media_id>/<int:edge>/", media.serve, name="picture"),
    path("search/", search.show, name="search"),
    path("search/suggest", search.suggest, name="search-suggest"),
]
