"""Signing a person out everywhere."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from zveno.base.tx import in_transaction


@in_transaction
def end_sessions(*, user_id: int) -> int:
    """End every session of the person; how many there were. They may sign in again if they still have a place."""
    found = UserSession.objects.filter(user_id=user_id)
    keys = list(found.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    found.delete()
    return len(keys)
