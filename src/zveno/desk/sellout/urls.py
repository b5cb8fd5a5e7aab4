"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.desk.sellout import views

app_name = "desk_sellout"
urlpatterns: list[URLPattern] = [
    path("", views.show_reports, name="reports"),
    path("reports.xlsx", views.export_reports, name="export"),
    path("<int:report_id>/", views.show_report, name="report"),
    path("<int:report_id>/lines.xlsx", views.export_lines, name="lines"),
    path("<int:report_id>/file/", views.download_file, name="file"),
]
