"""Making a connection: its address, login and password."""

from __future__ import annotations

from datetime import datetime

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
from zveno.exchange.rules.credentials import is_key, is_login, slug_of


@in_transaction
def create_connection(
    *, seller_id: int, seller_code: str, kind: str, name: str, login: str, key: str, now: datetime
) -> tuple[Connection, str]:
    """A connection of the seller and its password, which nothing keeps: only its hash (Django's hashers) is stored.

    Orders from now on are for it. `key` comes from `credentials.new_key` with the form. Raises ConnectionKindUnknown,
    ConnectionNameMissing, ConnectionLoginWrong, and ConnectionMadeAlready when the key has served before.
    """
    _check(kind, name, login)
    if not is_key(key):
        raise ConnectionMadeAlready(connection_id=0)
    password = new_password()
    connection = Connection(
        seller_id=seller_id,
        kind=kind,
        name=name.strip()[:120],
        slug=slug_of(seller_code, key)[:40],
        login=login,
        password_hash=make_password(password),
        orders_from=now,
    )
    try:
        with transaction.atomic():
            connection.save(force_insert=True)
    except IntegrityError:
        made = Connection.objects.visible_to(current()).filter(slug=connection.slug).first()
        raise ConnectionMadeAlready(connection_id=made.pk if made else 0) from None
    record(action="connection_created", subject=connection, now=now, seller_id=seller_id, name=connection.name)
    return connection, password


def _check(kind: str, name: str, login: str) -> None:
    if kind not in {known.kind for known in formats()}:
        raise ConnectionKindUnknown(kind=kind)
    if not name.strip():
        raise ConnectionNameMissing
    if not is_login(login):
        raise ConnectionLoginWrong
