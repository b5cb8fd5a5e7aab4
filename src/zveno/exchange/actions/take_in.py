"""A whole file comes into the inbox: archives unpacked, pictures given to products, messages waiting their turn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from zveno.base.files import keep, on_disk
from zveno.base.models import StoredFile
from zveno.base.tx import in_transaction
from zveno.catalog.actions.take_attachments import attach_files
from zveno.exchange.errors import FileKindUnknown
from zveno.exchange.models import Exchange, InboxFile
from zveno.exchange.ports import ErpFormat, FileNature, Readable, format_of
from zveno.kit.errors import Fault

_PIECE = 1 << 20


@in_transaction
def take_in(*, exchange: Exchange, stored: StoredFile, name: str, now: datetime) -> list[InboxFile]:
    """Put one received file into the inbox; with an archive come its files, all or, where it is broken, none.

    Returns the rows made. What is refused says why in its row. Work of the system: pictures are given to products.
    """
    erp_format = format_of(exchange.connection.kind)
    with on_disk(stored) as path:
        try:
            nature = erp_format.nature(path, name=name)
        except Fault as fault:
            return [_row(exchange, stored, name, FileNature("messages"), now, fault=fault)]
        if nature.content == "archive":
            return _unpacked(exchange, stored, name, path, erp_format, now)
        return [_single(exchange, stored, name, nature, now)]


def _unpacked(
    exchange: Exchange, stored: StoredFile, name: str, path: Path, erp_format: ErpFormat, now: datetime
) -> list[InboxFile]:
    archive = _row(exchange, stored, name, FileNature("archive"), now)
    rows: list[InboxFile] = []
    try:
        with transaction.atomic():
            for entry in erp_format.unpack(path):
                part = keep(pieces=_pieces(entry.stream), name=entry.name, now=now, company_id=exchange.seller_id)
                with on_disk(part) as part_path:
                    try:
                        nature = erp_format.nature(part_path, name=entry.name)
                    except Fault as fault:
                        rows.append(_row(exchange, part, entry.name, FileNature("messages"), now, fault=fault))
                        continue
                rows.append(_single(exchange, part, entry.name, nature, now))
    except Fault as fault:
        _refuse(archive, fault)
        rows = []
    else:
        archive.state = "applied"
        archive.counts = {"file": {"seen": len(rows), "created": len(rows)}}
    archive.applied_at = now
    archive.save()
    return [archive, *rows]


def _single(exchange: Exchange, stored: StoredFile, name: str, nature: FileNature, now: datetime) -> InboxFile:
    if nature.content == "messages":
        return _row(exchange, stored, name, nature, now)
    row = _row(exchange, stored, name, nature, now)
    attached = attach_files(owner_id=exchange.seller_id, files=[(name, stored.pk)])
    row.counts = {"media": {"seen": 1, "changed": attached}}
    row.applied_at = now
    if attached or nature.content == "picture":
        # A picture that no product names yet is kept: its product may come later.
        row.state = "applied"
    else:
        _refuse(row, FileKindUnknown(name=name))
    row.save()
    return row


def _row(
    exchange: Exchange, stored: StoredFile, name: str, nature: FileNature, now: datetime, *, fault: Fault | None = None
) -> InboxFile:
    before = InboxFile.objects.unscoped("the session's own files").filter(exchange=exchange)
    row = InboxFile(
        connection_id=exchange.connection_id,
        exchange=exchange,
        seller_id=exchange.seller_id,
        file=stored,
        name=name,
        content=nature.content,
        rank=nature.rank,
        position=(before.aggregate(last=Max("position"))["last"] or 0) + 1,
        received_at=now,
        state="waiting" if nature.content == "messages" else "received",
    )
    if fault is not None:
        _refuse(row, fault)
        row.applied_at = now
    row.save()
    return row


def _refuse(row: InboxFile, fault: Fault) -> None:
    params = {key: value if isinstance(value, (int, float)) else str(value) for key, value in fault.params.items()}
    row.state = "refused"
    row.error = {"code": fault.code, "params": params, "place": fault.place}


def _pieces(stream: Readable) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece
