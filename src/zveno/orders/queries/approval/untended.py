"""Requisitions that want to be looked after."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from zveno.base.scope import current
from zveno.orders.models import Requisition
from zveno.orders.rules.approval.states import OPEN, RequisitionState

# An approved one becomes an order within seconds: after this its job has been lost.
_LOST_AFTER = timedelta(minutes=10)


def untended_requisitions(*, now: datetime) -> list[int]:
    """Those that wait, those whose time is over, and approved ones that no order came of. One SQL statement."""
    waiting = Q(state=RequisitionState.WAITING.value)
    over = Q(state__in=[state.value for state in OPEN], expires_at__lte=now)
    lost = Q(state=RequisitionState.APPROVED.value, decided_at__lt=now - _LOST_AFTER)
    rows = Requisition.objects.visible_to(current()).filter(waiting | over | lost)
    return list(rows.order_by("id").values_list("pk", flat=True))
