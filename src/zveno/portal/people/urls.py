"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from zveno.portal.people import acting, profile, switching, tasks

app_name = "people"
urlpatterns = [
    path("", profile.show, name="profile"),
    path("switch", switching.switch, name="switch"),
    path("clients/<int:entity_id>/act", acting.act_for, name="act-for"),
    path("stop-acting", acting.stop, name="stop-acting"),
    path("tasks/<int:task_id>", tasks.follow, name="task"),
]
