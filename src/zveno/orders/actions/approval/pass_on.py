"""What a person who may not act any more leaves behind passes to the head (F23)."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.moving import circle_around, locked_requisition
from zveno.orders.actions.approval.successor import pass_to
from zveno.orders.models import Requisition
from zveno.orders.rules.approval.states import OPEN


@in_transaction
def pass_on(*, company_id: int, user_id: int, now: datetime) -> int:
    """Let the person's open requisitions be those of the company's first head who is left; how many. Repeatable.

    The work of the system. Where nobody is left they stay as they are.
    """
    rows = Requisition.objects.visible_to(current()).filter(buyer_company_id=company_id, author_id=user_id)
    ids = rows.filter(state__in=[state.value for state in OPEN]).order_by("id").values_list("pk", flat=True)
    passed = 0
    for requisition_id in list(ids):
        requisition = locked_requisition(requisition_id)
        found = circle_around(requisition, now).heads(requisition.buyer_entity_id)
        heads = [head for head in found if head.user_id != user_id]
        if heads and requisition.author_id == user_id:
            pass_to(requisition, heads[0].user_id, heads[0].name, now=now)
            passed += 1
    return passed
