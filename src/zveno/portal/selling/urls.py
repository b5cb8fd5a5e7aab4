"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.buying import media
from zveno.portal.selling import clients, decisions, orders, search, stock

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
    path("stock/<int:product_id>/", stock.explain, name="stock-product"),
    path("media/<int:media_id>/<int:edge>/", media.serve, name="picture"),
    path("search/", search.show, name="search"),
    path("search/suggest", search.suggest, name="search-suggest"),
]
