"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.desk.orders import views

app_name = "desk_orders"
urlpatterns: list[URLPattern] = [
    path("", views.show_list, name="orders"),
    path("orders.xlsx", views.export_list, name="orders-xlsx"),
    path("search/", views.search, name="search"),
    path("search/suggest", views.suggest, name="search-suggest"),
    path("<int:order_id>/", views.show, name="order"),
    path("<int:order_id>/note", views.note, name="order-note"),
    path("<int:order_id>.xlsx", views.export, name="order-xlsx"),
]
