"""Files that came in pieces are put together and taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from zveno.base.files import keep, opened
from zveno.base.models import StoredFile
from zveno.base.tx import in_transaction
from zveno.exchange.actions.take_in import take_in
from zveno.exchange.models import Exchange, InboxFile, Upload

_PIECE = 1 << 20


@in_transaction
def gather_uploads(*, exchange_id: int, only_ended: bool, now: datetime) -> list[InboxFile]:
    """Take in the files of the session whose pieces are there; with `only_ended`, those whose last piece has come.

    Killed in the middle and run again, it comes to the same. Work of the system.
    """
    exchange = Exchange.objects.unscoped("the system gathers").select_related("connection").get(pk=exchange_id)
    uploads = (
        Upload.objects.unscoped("the system gathers")
        .filter(exchange=exchange)
        .select_for_update(of=("self",))
        .select_related("content")
        .order_by("position")
    )
    by_name: dict[str, list[Upload]] = {}
    for upload in uploads:
        by_name.setdefault(upload.name, []).append(upload)
    rows: list[InboxFile] = []
    for name, pieces in by_name.items():
        if only_ended and not pieces[-1].is_last:
            continue
        rows += take_in(exchange=exchange, stored=_whole(exchange, name, pieces, now), name=name, now=now)
        Upload.objects.unscoped("the system gathers").filter(pk__in=[one.pk for one in pieces]).delete()
    return rows


def _whole(exchange: Exchange, name: str, pieces: Sequence[Upload], now: datetime) -> StoredFile:
    if len(pieces) == 1:
        return pieces[0].content
    return keep(pieces=_chunks(pieces), name=name, now=now, company_id=exchange.seller_id)


def _chunks(pieces: Sequence[Upload]) -> Iterator[bytes]:
    for piece in pieces:
        with opened(piece.content) as stream:
            while chunk := stream.read(_PIECE):
                yield chunk
