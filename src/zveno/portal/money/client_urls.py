"""Addresses of a seller's view of its clients' money."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.money import clients, credit, differences, documents, receivables, settlements

app_name = "client_money"
urlpatterns: list[URLPattern] = [
    path("", clients.show_list, name="clients"),
    path("clients.xlsx", clients.export, name="clients-xlsx"),
    path("clients/<int:entity_id>/", clients.show, name="client"),
    path("clients/<int:entity_id>/limit", credit.set_limit, name="limit"),
    path("settlements/", settlements.show, name="settlements"),
    path("settlements.xlsx", settlements.export, name="settlements-xlsx"),
    path("documents/", documents.show_list, name="documents"),
    path("documents.xlsx", documents.export, name="documents-xlsx"),
    path("documents/<int:document_id>/", documents.show, name="document"),
    path("receivables/", receivables.show, name="receivables"),
    path("receivables.xlsx", receivables.export, name="receivables-xlsx"),
    path("calendar/", receivables.show_calendar, name="calendar"),
    path("differences/", differences.show, name="differences"),
    path("credit/", credit.show, name="credit"),
    path("credit/policy", credit.set_policy, name="policy"),
]
