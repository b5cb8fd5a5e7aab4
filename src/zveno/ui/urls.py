"""Addresses of the interface itself: preferences and the guide."""

from __future__ import annotations

from django.urls import path

from zveno.ui import views

app_name = "ui"

urlpatterns = [
    path("ui/preferences", views.set_preferences, name="preferences"),
    path("ui/guide", views.show_guide, name="guide"),
]
