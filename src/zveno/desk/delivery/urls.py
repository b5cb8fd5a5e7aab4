"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.desk.delivery import calendar, places

app_name = "desk_delivery"
urlpatterns: list[URLPattern] = [
    path("places/", places.show_list, name="places"),
    path("places.xlsx", places.export, name="places-xlsx"),
    path("places/new/", places.create, name="place-new"),
    path("places/<int:place_id>/", places.change, name="place"),
    path("places/load/", places.load, name="places-load"),
    path("calendar/", calendar.show, name="calendar"),
    path("calendar/day", calendar.set_day, name="calendar-day"),
]
