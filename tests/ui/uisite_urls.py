"""Addresses of the interface's own site (uisite)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from zveno.ui import views


def _show(request: HttpRequest, status: int) -> HttpResponse:
    if status == 500:
        return views.server_error(request)
    shown = {400: views.bad_request, 403: views.permission_denied, 404: views.page_not_found}
    if status not in shown:
        raise Http404
    return shown[status](request)


urlpatterns = [
    path("", include("zveno.ui.urls")),
    path("accounts/", include("allauth.urls")),
    path("error/<int:status>", _show),
]
