"""Connections within the walls."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from hashlib import sha256

from django.db.models import QuerySet

from zveno.base.audit import history_of
from zveno.base.models import AuditEntry
from zveno.base.scope import current
from zveno.exchange.models import PROGRAM, Connection
from zveno.exchange.rules.credentials import ALPHABET, KEY_LENGTH


def connections(*, seller_id: int | None = None) -> QuerySet[Connection]:
    """The connections that the current scope sees, of one seller or of all, with their sellers.

    Not among them: programs that call the API, whose keys the company's own page shows.
    """
    rows = Connection.objects.visible_to(current()).exclude(kind=PROGRAM).select_related("seller")
    return rows if seller_id is None else rows.filter(seller_id=seller_id)


def find_connection(connection_id: int) -> Connection | None:
    """The connection, if the current scope sees it."""
    return connections().filter(pk=connection_id).first()


def connection_history(connection: Connection) -> Sequence[AuditEntry]:
    """What was done to the connection, newest first."""
    return history_of(connection)


def password_mark(connection: Connection) -> str:
    """A mark of the password in force, safe to show: it changes with the password and says nothing of it."""
    return sha256(connection.password_hash.encode()).hexdigest()[:16]


def unused_key() -> str:
    """A key for the address of a connection to be made. A form carries it, so that sent twice it makes one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))
