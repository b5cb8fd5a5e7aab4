"""Addresses of this area for sellers."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.claims import deeds, lists, pages, terms

app_name = "received"
urlpatterns: list[URLPattern] = [
    path("", lists.show_list, name="list"),
    path("list.xlsx", lists.export_list, name="list-xlsx"),
    path("figures.xlsx", lists.export_figures, name="figures-xlsx"),
    path("terms/", terms.change, name="terms"),
    path("<int:claim_id>/", pages.show, name="claim"),
    path("<int:claim_id>/files/<int:file_id>", pages.serve, name="file"),
    path("<int:claim_id>/take", deeds.take, name="take"),
    path("<int:claim_id>/ask", deeds.ask, name="ask"),
    path("<int:claim_id>/say", deeds.say, name="say"),
    path("<int:claim_id>/decide", deeds.decide, name="decide"),
    path("<int:claim_id>/finish", deeds.finish, name="finish"),
]
