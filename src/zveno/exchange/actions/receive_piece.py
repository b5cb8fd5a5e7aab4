"""A piece of a file that the other side sends: kept before anything is done with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePosixPath

from django.db.models import Max, Sum

from zveno.base.files import keep
from zveno.base.models import StoredFile
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.errors import FileNameForbidden, SessionTooLarge
from zveno.exchange.models import Exchange, Upload

_LONGEST_NAME = 400
_MOST_BYTES = 8 << 30
# A repeat of so many bytes is a piece sent twice after a lost answer, never content.
_REPEAT_FROM = 1024


@in_transaction
def receive_piece(*, exchange: Exchange, name: str, pieces: Iterable[bytes], most_bytes: int, now: datetime) -> Upload:
    """Keep the next piece of file `name`. The same piece again, as after a lost answer, is taken once.

    `most_bytes` is the agreed size of a piece: a shorter one ends its file. Raises FileNameForbidden, SessionTooLarge.
    """
    name = safe_name(name)
    stored = keep(pieces=pieces, name=name, now=now, company_id=exchange.seller_id)
    before = Upload.objects.visible_to(current()).filter(exchange=exchange)
    last = before.filter(name=name).select_related("content").order_by("-position").first()
    if last is not None and stored.size >= _REPEAT_FROM and last.content.sha256 == stored.sha256:
        _forget(stored)
        return last
    told = before.aggregate(size=Sum("content__size"), position=Max("position"))
    if (told["size"] or 0) + stored.size > _MOST_BYTES:
        raise SessionTooLarge(megabytes=_MOST_BYTES >> 20)
    return Upload.objects.create(
        exchange=exchange,
        seller_id=exchange.seller_id,
        name=name,
        position=(told["position"] or 0) + 1,
        content=stored,
        is_last=stored.size < most_bytes,
    )


def safe_name(name: str) -> str:
    """`name` as a relative path with `/`. Raises FileNameForbidden for one that leaves the folder."""
    plain = name.replace("\\", "/")
    parts = PurePosixPath(plain).parts
    bad = not parts or plain.startswith("/") or ".." in parts or ":" in plain or len(plain) > _LONGEST_NAME
    if bad or any(ord(sign) < 32 for sign in plain):
        raise FileNameForbidden(name=name[:80])
    return "/".join(parts)


def _forget(stored: StoredFile) -> None:
    stored.delete()
