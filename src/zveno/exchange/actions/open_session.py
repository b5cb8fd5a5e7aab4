"""The beginning of a session: who calls is known, a token stands for them from now on."""

from __future__ import annotations

import secrets
from datetime import datetime

from zveno.accounts.rules.secrets import digest
from zveno.base.tx import in_transaction
from zveno.exchange.models import Connection, Exchange


@in_transaction
def open_session(*, connection: Connection, kind: str, now: datetime) -> str:
    """Begin a session of `kind`; returns its token, of which only the hash is kept."""
    token = secrets.token_urlsafe(24)
    Exchange.objects.create(
        connection=connection,
        seller_id=connection.seller_id,
        kind=kind,
        token_sha256=digest(token),
        started_at=now,
        last_call_at=now,
        calls=1,
    )
    connection.last_contact_at = now
    connection.save(update_fields=["last_contact_at"])
    return token
