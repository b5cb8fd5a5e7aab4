"""Feed files to a connection by hand: kept raw and taken in as from 1С, then applied here and now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from zveno.base.files import keep
from zveno.base.scope import entered, system_scope
from zveno.exchange.actions.take_in import take_in
from zveno.exchange.applying.file import Heard, apply_waiting
from zveno.exchange.models import Connection, Exchange, InboxFile, Refusal

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What became of one file. `counts` as in `InboxFile`; `refusals`: code → how many; `error` stopped the file."""

    name: str
    content: str
    state: str
    messages: int
    counts: dict[str, dict[str, int]]
    refusals: dict[str, int]
    error: dict[str, Any] | None


def import_files(
    *,
    connection_id: int,
    sources: Iterable[tuple[str, Path]],
    clock: Callable[[], datetime],
    heard: Heard | None = None,
) -> list[ImportedFile]:
    """Take in the files (name, path) in one session and apply all that waits for the connection; what became of each.

    What an interrupted import left behind is applied first. Opens its own transactions, acts as the system.
    """
    with entered(system_scope("import")):
        exchange = _begin(connection_id, clock())
        for name, path in sources:
            with transaction.atomic():
                stored = keep(pieces=_pieces(path), name=name, now=clock(), company_id=exchange.seller_id)
                take_in(exchange=exchange, stored=stored, name=name, now=clock())
        apply_waiting(connection_id=connection_id, clock=clock, heard=heard)
        Exchange.objects.unscoped("the session just held").filter(pk=exchange.pk).update(finished_at=clock())
        return _results(exchange)


def _begin(connection_id: int, now: datetime) -> Exchange:
    connection = Connection.objects.unscoped("the operator's import").get(pk=connection_id)
    return Exchange.objects.create(
        connection=connection, seller_id=connection.seller_id, kind="manual", started_at=now, last_call_at=now
    )


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _results(exchange: Exchange) -> list[ImportedFile]:
    rows = InboxFile.objects.unscoped("the session just held").filter(exchange=exchange).order_by("rank", "position")
    return [
        ImportedFile(row.name, row.content, row.state, row.done, row.counts, _refusals(row), row.error) for row in rows
    ]


def _refusals(row: InboxFile) -> dict[str, int]:
    found: dict[str, int] = {}
    codes = Refusal.objects.unscoped("the session just held").filter(inbox_file=row).values_list("code", flat=True)
    for code in codes:
        found[code] = found.get(code, 0) + 1
    return found
