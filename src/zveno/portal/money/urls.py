"""Addresses of a buyer's money."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.money import documents, mail, receivables, settlements

app_name = "money"
urlpatterns: list[URLPattern] = [
    path("", settlements.show, name="settlements"),
    path("settlements.xlsx", settlements.export, name="settlements-xlsx"),
    path("documents/", documents.show_list, name="documents"),
    path("documents.xlsx", documents.export, name="documents-xlsx"),
    path("documents/<int:document_id>/", documents.show, name="document"),
    path("receivables/", receivables.show, name="receivables"),
    path("receivables.xlsx", receivables.export, name="receivables-xlsx"),
    path("calendar/", receivables.show_calendar, name="calendar"),
    path("mail/", mail.show, name="mail"),
    path("mail/off/<str:secret>", mail.switch_off, name="mail-off"),
]
