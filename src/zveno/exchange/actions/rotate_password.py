"""A new password for a connection."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.exchange.actions.credentials import new_password
from zveno.exchange.actions.locked_connection import end_sessions, locked_connection
from zveno.exchange.errors import PasswordChangedMeanwhile
from zveno.exchange.models import Connection
from zveno.exchange.queries.connections import password_mark


@in_transaction
def rotate_password(*, connection_id: int, mark: str, now: datetime) -> tuple[Connection, str]:
    """Give the connection a new password and end its open sessions; the old password is void at once.

    `mark` tells which password the asker saw in force (`password_mark`): a repeated request changes nothing more.
    Raises ConnectionUnknown, PasswordChangedMeanwhile.
    """
    connection = locked_connection(connection_id)
    if mark != password_mark(connection):
        raise PasswordChangedMeanwhile
    password = new_password()
    connection.password_hash = make_password(password)
    connection.save(update_fields=["password_hash"])
    end_sessions(connection, now=now)
    record(action="connection_password_rotated", subject=connection, now=now, seller_id=connection.seller_id)
    return connection, password
