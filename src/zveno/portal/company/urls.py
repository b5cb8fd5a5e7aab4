"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from zveno.portal.company import entities, history, keys, members

app_name = "company"
urlpatterns = [
    path("", members.show_list, name="members"),
    path("invite/", members.invite, name="invite"),
    path("members/<int:member_id>/", members.show, name="member"),
    path("members/<int:member_id>/change", members.change, name="member-change"),
    path("members/<int:member_id>/block", members.block, name="member-block"),
    path("invitations/<int:invitation_id>/again", members.invite_again, name="invitation-again"),
    path("invitations/<int:invitation_id>/revoke", members.revoke, name="invitation-revoke"),
    path("entities/", entities.show_list, name="entities"),
    path("entities/request/", entities.ask, name="entity-request"),
    path("entities/<int:entity_id>/", entities.show, name="entity"),
    path("keys/", keys.show_list, name="keys"),
    path("keys/<int:key_id>/revoke", keys.revoke, name="key-revoke"),
    path("history/", history.show, name="history"),
    path("history.xlsx", history.export, name="history-xlsx"),
]
