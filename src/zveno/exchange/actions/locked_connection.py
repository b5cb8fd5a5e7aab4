"""Steps that changes of a connection share: finding it, ending what it has open."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.exchange.errors import ConnectionUnknown
from zveno.exchange.models import Connection, Exchange


def locked_connection(connection_id: int) -> Connection:
    """The connection, if the scope may change it, locked until the transaction ends. Raises ConnectionUnknown."""
    found = Connection.objects.visible_to(current()).select_for_update().filter(pk=connection_id).first()
    if found is None:
        raise ConnectionUnknown
    return found


def end_sessions(connection: Connection, *, now: datetime) -> None:
    """Make the tokens of the connection's open sessions worthless."""
    living = Exchange.objects.visible_to(current()).filter(connection=connection).exclude(token_sha256="")
    living.update(token_sha256="", finished_at=now)
