"""Every address of the house."""

from __future__ import annotations

from django.urls import include, path

from zveno.config import health, pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", health.metrics, name="metrics"),
    path("accounts/", include("allauth.urls")),
    path("", include("zveno.portal.urls")),
    path("desk/", include("zveno.desk.urls")),
]
