"""A session calls, and ends."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.models import Connection, Exchange


@in_transaction
def touch_session(*, exchange: Exchange, now: datetime) -> None:
    """Note that the session called."""
    Exchange.objects.visible_to(current()).filter(pk=exchange.pk).update(last_call_at=now, calls=F("calls") + 1)
    Connection.objects.visible_to(current()).filter(pk=exchange.connection_id).update(last_contact_at=now)


@in_transaction
def end_session(*, exchange: Exchange, now: datetime) -> None:
    """Note that the other side has said all it had to say."""
    Exchange.objects.visible_to(current()).filter(pk=exchange.pk, finished_at=None).update(finished_at=now)
