"""Changes to a connection by the seller's people: password, name, options, on and off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.actions.create_connection import new_password
from zveno.exchange.errors import ConnectionNotFound
from zveno.exchange.models import Connection, Exchange


@in_transaction
def rotate_password(*, connection_id: int, now: datetime) -> str:
    """Give the connection a new password, shown this once; open sessions end. Raises ConnectionNotFound."""
    connection = _locked(connection_id)
    password = new_password()
    connection.password_hash = make_password(password)
    connection.save(update_fields=["password_hash"])
    _end_sessions(connection, now)
    _record("connection_password_changed", connection, now)
    return password


@in_transaction
def set_options(*, connection_id: int, name: str, options: Mapping[str, Any], now: datetime) -> None:
    """Rename the connection and set its options. They hold for files applied from now on. Raises ConnectionNotFound."""
    connection = _locked(connection_id)
    changed = sorted(key for key, value in options.items() if connection.options.get(key) != value)
    connection.name = name.strip()[:120] or connection.name
    connection.options = {**connection.options, **options}
    connection.save(update_fields=["name", "options"])
    _record("connection_options_changed", connection, now, options=", ".join(changed))


@in_transaction
def set_active(*, connection_id: int, is_active: bool, now: datetime) -> None:
    """Open or close the connection's door; what was received stays. Raises ConnectionNotFound."""
    connection = _locked(connection_id)
    if connection.is_active == is_active:
        return
    connection.is_active = is_active
    connection.save(update_fields=["is_active"])
    if not is_active:
        _end_sessions(connection, now)
    _record("connection_opened" if is_active else "connection_closed", connection, now)


def _locked(connection_id: int) -> Connection:
    found = Connection.objects.visible_to(current()).select_for_update().filter(pk=connection_id).first()
    if found is None:
        raise ConnectionNotFound()
    return found


def _end_sessions(connection: Connection, now: datetime) -> None:
    living = Exchange.objects.visible_to(current()).filter(connection=connection).exclude(token_sha256="")
    living.update(token_sha256="", finished_at=now)


def _record(action: str, connection: Connection, now: datetime, **params: Any) -> None:
    record(action=action, subject=connection, now=now, seller_id=connection.seller_id, name=connection.name, **params)
