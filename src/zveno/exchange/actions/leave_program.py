"""A program whose API key was taken back: nothing waits for it any more."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.actions.join_program import program_slug
from zveno.exchange.actions.switch_connection import switch_connection
from zveno.exchange.models import Connection


@in_transaction
def leave_program(*, key_id: int, now: datetime) -> None:
    """Switch off the connection of the key, if it ever called; again changes nothing."""
    found = Connection.objects.visible_to(current()).filter(slug=program_slug(key_id)).first()
    if found is not None:
        switch_connection(connection_id=found.pk, is_active=False, now=now)
