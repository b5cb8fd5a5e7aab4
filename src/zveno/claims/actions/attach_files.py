"""Photos and papers put to a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from zveno.base import files
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.claims.errors import ClaimFileEmpty, ClaimFileTooLarge, TooManyClaimFiles
from zveno.claims.models import Claim, ClaimFile
from zveno.claims.rules.claiming import MOST_FILE_BYTES, MOST_FILES

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: its name, size in bytes, content, and whether it is a picture that can be shown."""

    name: str
    size: int
    pieces: Callable[[], Iterable[bytes]]
    is_picture: bool


@in_transaction
def attach_files(*, claim: Claim, sent: Sequence[SentFile], company_id: int, now: datetime) -> list[str]:
    """Keep the files with a locked claim; one that is there already is not kept twice. Returns the new names.

    Raises ClaimFileTooLarge, ClaimFileEmpty, TooManyClaimFiles: then none is kept.
    """
    for one in sent:
        if one.size > MOST_FILE_BYTES:
            raise ClaimFileTooLarge(name=one.name, most=MOST_FILE_BYTES // _MEGABYTE, field="files")
        if one.size == 0:
            raise ClaimFileEmpty(name=one.name, field="files")
    known = set(ClaimFile.objects.visible_to(current()).filter(claim=claim).values_list("sha256", flat=True))
    if len(known) + len(sent) > MOST_FILES:
        raise TooManyClaimFiles(most=MOST_FILES, field="files")
    added = []
    for one in sent:
        stored = files.keep(pieces=one.pieces(), name=one.name, now=now, company_id=company_id)
        if stored.sha256 in known:
            continue
        known.add(stored.sha256)
        ClaimFile.objects.create(
            claim=claim,
            seller_id=claim.seller_id,
            buyer_entity_id=claim.buyer_entity_id,
            name=stored.name,
            sha256=stored.sha256,
            size=stored.size,
            is_picture=one.is_picture,
            added_by_name=current().actor_name,
            added_at=now,
        )
        added.append(stored.name)
    return added
