"""Apply a file of the inbox once more, from its beginning."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.errors import FileBeingApplied, InboxFileNotFound
from zveno.exchange.jobs_port import defer_applying
from zveno.exchange.models import InboxFile


@in_transaction
def replay_file(*, file_id: int, now: datetime) -> None:
    """Queue the file again. What it says that holds already changes nothing; what newer files changed is set back.

    Raises InboxFileNotFound, FileBeingApplied.
    """
    file = InboxFile.objects.visible_to(current()).select_for_update().filter(pk=file_id, content="messages").first()
    if file is None:
        raise InboxFileNotFound()
    if file.state in ("waiting", "applying"):
        raise FileBeingApplied(name=file.name)
    file.state, file.done, file.attempts, file.error, file.applied_at = "waiting", 0, 0, None, None
    file.save(update_fields=["state", "done", "attempts", "error", "applied_at"])
    record(action="inbox_file_replayed", subject=file, now=now, seller_id=file.seller_id, name=file.name)
    defer_applying(connection_id=file.connection_id)
