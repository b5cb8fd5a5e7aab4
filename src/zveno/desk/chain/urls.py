"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "desk_chain"
urlpatterns: list[URLPattern] = []
