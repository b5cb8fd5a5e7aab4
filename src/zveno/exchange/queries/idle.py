"""Sessions that stopped calling with files not yet taken in."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.exchange.models import Exchange


def idle_exchanges_with_uploads(*, before: datetime) -> list[tuple[int, int]]:
    """(session, connection) of those whose last call was before this moment and whose pieces still lie there."""
    found = Exchange.objects.visible_to(current()).filter(last_call_at__lt=before, uploads__isnull=False)
    return list(found.distinct().values_list("pk", "connection_id"))
