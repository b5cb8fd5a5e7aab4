"""Files that a person sends instead of the accounting system: kept and applied in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.exchange.actions.deferring import defer_gathering
from zveno.exchange.actions.locked_connection import locked_connection
from zveno.exchange.actions.receive_piece import receive_piece
from zveno.exchange.errors import SwitchedOff
from zveno.exchange.models import Exchange

_WHOLE = 1 << 62  # by hand a file comes in one piece, whatever its size


@dataclass(frozen=True, slots=True)
class HandFile:
    """A file as the browser sent it."""

    name: str
    pieces: Iterable[bytes]


@in_transaction
def upload_by_hand(*, connection_id: int, files: Sequence[HandFile], now: datetime) -> Exchange:
    """Keep the files as a session of their own and queue them for applying. A broken one is kept too and says why.

    Raises ConnectionUnknown, SwitchedOff, FileNameForbidden, SessionTooLarge.
    """
    connection = locked_connection(connection_id)
    if not connection.is_active:
        raise SwitchedOff
    session = Exchange.objects.create(
        connection=connection,
        seller_id=connection.seller_id,
        kind="manual",
        started_at=now,
        last_call_at=now,
        finished_at=now,
    )
    for file in files:
        receive_piece(exchange=session, name=file.name, pieces=file.pieces, most_bytes=_WHOLE, now=now)
    record(
        action="connection_file_uploaded",
        subject=connection,
        now=now,
        seller_id=connection.seller_id,
        names=", ".join(file.name for file in files)[:400],
    )
    defer_gathering(exchange_id=session.pk, connection_id=connection.pk)
    return session
