"""Every address of the house."""

from __future__ import annotations

from django.urls import include, path

from zveno.api import carriers
from zveno.api.urls import api
from zveno.config import health, pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("search", pages.search, name="search"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("zveno.ui.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("exchange/1c/", include("zveno.plugins.erp.commerceml.urls")),
    path("carriers/<str:secret>/", carriers.receive, name="carrier-message"),
    path("", include("zveno.portal.urls")),
    path("desk/", include("zveno.desk.urls")),
]

handler400 = "zveno.ui.views.bad_request"
handler403 = "zveno.ui.views.permission_denied"
handler404 = "zveno.ui.views.page_not_found"
handler500 = "zveno.ui.views.server_error"
