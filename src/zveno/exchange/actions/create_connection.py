"""A new connection of a seller, with an address and a password of its own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.exchange.models import Connection

# No letters or digits that look alike: the password is typed into 1С by hand.
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PASSWORD_LENGTH = 20
_SLUG_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class NewConnection:
    """What the other side must be told; the password is shown this once and kept only as a hash."""

    id: int
    slug: str
    login: str
    password: str


@in_transaction
def create_connection(
    *, seller_id: int, name: str, kind: str = "commerceml", options: Mapping[str, Any] | None = None, now: datetime
) -> NewConnection:
    """Make a connection of the seller. Orders changed from now on are for it."""
    password = new_password()
    slug = "".join(secrets.choice(_SLUG_ALPHABET) for _ in range(10))
    connection = Connection.objects.create(
        seller_id=seller_id,
        kind=kind,
        name=name.strip()[:120],
        slug=slug,
        login=f"1c-{slug[:6]}",
        password_hash=make_password(password),
        options=dict(options or {}),
        orders_from=now,
    )
    record(action="connection_created", subject=connection, now=now, seller_id=seller_id, name=connection.name)
    return NewConnection(connection.pk, slug, connection.login, password)


def new_password() -> str:
    """A password of about 116 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_PASSWORD_LENGTH))
