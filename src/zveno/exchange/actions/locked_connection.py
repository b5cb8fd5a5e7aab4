"""Finding a connection to change it."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.exchange.errors import ConnectionUnknown
from zveno.exchange.models import Connection


def locked_connection(connection_id: int) -> Connection:
    """The connection, if the current scope may change it, locked until the transaction ends. Raises ConnectionUnknown."""
    found = Connection.objects.visible_to(current()).select_for_update().filter(pk=connection_id).first()
    if found is None:
        raise ConnectionUnknown
    return found
