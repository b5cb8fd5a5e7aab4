"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.desk.chain import views

app_name = "desk_chain"
urlpatterns: list[URLPattern] = [
    path("", views.show_chain, name="overview"),
    path("chain.xlsx", views.export_chain, name="export"),
    path("lines/", views.show_lines, name="lines"),
    path("lines.xlsx", views.export_lines, name="lines-export"),
]
