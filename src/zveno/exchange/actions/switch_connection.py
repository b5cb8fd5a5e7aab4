"""Switching a connection off and on."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.exchange.actions.locked_connection import end_sessions, locked_connection
from zveno.exchange.models import Connection


@in_transaction
def switch_connection(*, connection_id: int, is_active: bool, now: datetime) -> Connection:
    """Let the connection in, or keep it out; what it sent stays, and orders wait for it. Raises ConnectionUnknown.

    Switching to what it is already changes nothing and is not recorded.
    """
    connection = locked_connection(connection_id)
    if connection.is_active != is_active:
        connection.is_active = is_active
        connection.save(update_fields=["is_active"])
        if not is_active:
            end_sessions(connection, now=now)
        action = "connection_switched_on" if is_active else "connection_switched_off"
        record(action=action, subject=connection, now=now, seller_id=connection.seller_id)
    return connection
