"""Addresses of this area for buyers."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.claims import deeds, filed, lists, pages

app_name = "claims"
urlpatterns: list[URLPattern] = [
    path("", lists.show_list, name="list"),
    path("list.xlsx", lists.export_list, name="list-xlsx"),
    path("new/", filed.choose, name="choose"),
    path("new/<int:shipment_id>/", filed.create, name="new"),
    path("<int:claim_id>/", pages.show, name="claim"),
    path("<int:claim_id>/files/<int:file_id>", pages.serve, name="file"),
    path("<int:claim_id>/say", deeds.say, name="say"),
    path("<int:claim_id>/withdraw", deeds.withdraw, name="withdraw"),
    path("<int:claim_id>/dispute", deeds.dispute, name="dispute"),
]
