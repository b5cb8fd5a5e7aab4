"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from zveno.portal.entrance import decision, invitation, registration

app_name = "entrance"
urlpatterns = [
    path("register/", registration.register, name="register"),
    path("register/sent/", registration.registered, name="registered"),
    path("invitation/<str:secret>/", invitation.show, name="invitation"),
    path("decide/<str:token>/<slug:deed>/", decision.decide, name="decide"),
]
