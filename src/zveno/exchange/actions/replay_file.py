"""Applying a file of the journal once more."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.actions.deferring import defer_applying
from zveno.exchange.errors import FileNotReplayable, FileUnknown
from zveno.exchange.models import InboxFile

_OVER = ("applied", "refused", "received")


@in_transaction
def replay_file(*, file_id: int, now: datetime) -> bool:
    """Queue the kept bytes of a file for applying from their beginning; whether this call did it.

    A file that waits already, or is being applied, stays as it is: asking twice queues once. What is the same again
    changes nothing. Raises FileUnknown, FileNotReplayable.
    """
    rows = InboxFile.objects.visible_to(current())
    file = rows.select_for_update(of=("self",)).select_related("connection").filter(pk=file_id).first()
    if file is None:
        raise FileUnknown
    if file.content != "messages":
        raise FileNotReplayable(content=file.content)
    if file.state not in _OVER:
        return False
    file.state, file.done, file.attempts, file.error, file.applied_at = "waiting", 0, 0, None, None
    file.save(update_fields=["state", "done", "attempts", "error", "applied_at"])
    record(
        action="exchange_file_replayed",
        subject=file.connection,
        now=now,
        seller_id=file.seller_id,
        name=file.name,
        file_id=file.pk,
    )
    defer_applying(connection_id=file.connection_id)
    return True
