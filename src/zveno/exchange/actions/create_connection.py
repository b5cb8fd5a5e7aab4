"""A new connection of a seller, with an address and a password of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.actions.credentials import new_password
from zveno.exchange.errors import (
    ConnectionKindUnknown,
    ConnectionLoginWrong,
    ConnectionMadeAlready,
    ConnectionNameMissing,
)
from zveno.exchange.models import Connection
from zveno.exchange.ports import formats
from zveno.exchange.queries.connections import unused_key
from zveno.exchange.rules.credentials import is_key, is_login


@dataclass(frozen=True, slots=True)
class NewConnection:
    """What the other side must be told; the password is shown this once and kept only as a hash."""

    id: int
    slug: str
    login: str
    password: str


@in_transaction
def create_connection(
    *,
    seller_id: int,
    name: str,
    kind: str = "commerceml",
    options: Mapping[str, Any] | None = None,
    login: str = "",
    key: str = "",
    now: datetime,
) -> NewConnection:
    """Make a connection of the seller. Orders changed from now on are for it.

    `key` (of `unused_key`, carried by a form) names it in its address, so a form sent twice makes one; without, one
    is made up. Raises ConnectionNameMissing, ConnectionLoginWrong, ConnectionKindUnknown, ConnectionMadeAlready.
    """
    slug = key or unused_key()
    login = login or f"1c-{slug[:6]}"
    _check(name, kind, login, slug)
    password = new_password()
    connection = Connection(
        seller_id=seller_id,
        kind=kind,
        name=name.strip()[:120],
        slug=slug,
        login=login,
        password_hash=make_password(password),
        options=dict(options or {}),
        orders_from=now,
    )
    try:
        with transaction.atomic():
            connection.save(force_insert=True)
    except IntegrityError:
        raise _made_already(slug) from None
    record(action="connection_created", subject=connection, now=now, seller_id=seller_id, name=connection.name)
    return NewConnection(connection.pk, slug, connection.login, password)


def _check(name: str, kind: str, login: str, slug: str) -> None:
    if kind not in {known.kind for known in formats()}:
        raise ConnectionKindUnknown(kind=kind)
    if not name.strip():
        raise ConnectionNameMissing
    if not is_login(login):
        raise ConnectionLoginWrong
    if not is_key(slug):
        raise ConnectionMadeAlready(connection_id=0)


def _made_already(slug: str) -> ConnectionMadeAlready:
    made = Connection.objects.visible_to(current()).filter(slug=slug).first()
    return ConnectionMadeAlready(connection_id=made.pk if made else 0)
