"""Changing how a connection's words are to be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.exchange.actions.locked_connection import locked_connection
from zveno.exchange.errors import ConnectionNameMissing, OptionsWrong
from zveno.exchange.models import Connection
from zveno.exchange.ports import format_of, options_of
from zveno.exchange.rules.options import checked_options


@in_transaction
def change_options(*, connection_id: int, name: str, told: Mapping[str, str], now: datetime) -> Connection:
    """Keep the connection's name and the options told, all or none; files applied from now on are read by them.

    Raises ConnectionUnknown, ConnectionNameMissing, OptionsWrong (with every problem).
    """
    connection = locked_connection(connection_id)
    if not name.strip():
        raise ConnectionNameMissing
    values, problems = checked_options(format_of(connection.kind).options, told)
    if problems:
        raise OptionsWrong(problems=problems)
    before = options_of(connection.kind, connection.options)
    changed = {key: [str(before[key]), value] for key, value in values.items() if str(before[key]) != value}
    if name.strip() != connection.name:
        changed["name"] = [connection.name, name.strip()]
    if changed:
        connection.name = name.strip()[:120]
        connection.options = {**connection.options, **values}
        connection.save(update_fields=["name", "options"])
        record(
            action="connection_options_changed",
            subject=connection,
            now=now,
            seller_id=connection.seller_id,
            kind=connection.kind,
            changed=changed,
        )
    return connection
