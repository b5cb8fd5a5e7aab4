"""Needs that were planned on goods on their way, once the goods are there."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.models import Need
from zveno.orders.rules.needs import NeedState


@in_transaction
def settle_planned(*, seller_id: int, now: datetime) -> int:
    """Let planned needs whose arrival has come be covered; returns how many. The work of the system. One statement.

    One that did not come gave its goods back, so its need is open again already.
    """
    needs = Need.objects.visible_to(current()).filter(
        seller_id=seller_id, state=NeedState.PLANNED.value, settled_at=None, arrival__closed_at__isnull=False
    )
    return needs.update(state=NeedState.COVERED.value, settled_at=now)
