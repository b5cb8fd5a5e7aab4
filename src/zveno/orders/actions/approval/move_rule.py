"""The order of a company's rules: the first that holds decides."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.errors import ApprovalThingNotFound
from zveno.orders.models import ApprovalRule


@in_transaction
def move_rule(*, company_id: int, rule_id: int, up: bool, now: datetime) -> None:
    """Let the rule change places with the one before it (`up`) or after it; at the end nothing changes.

    Raises ApprovalThingNotFound.
    """
    rules = ApprovalRule.objects.visible_to(current()).select_for_update().filter(company_id=company_id)
    found = list(rules.order_by("position", "id"))
    at = next((index for index, rule in enumerate(found) if rule.pk == rule_id), None)
    if at is None:
        raise ApprovalThingNotFound()
    to = at - 1 if up else at + 1
    if not 0 <= to < len(found):
        return
    found[at], found[to] = found[to], found[at]
    for position, rule in enumerate(found, 1):
        rule.position = position
    ApprovalRule.objects.visible_to(current()).bulk_update(found, ["position"])
    record(action="approval_rule_moved", subject=found[to], now=now, company_id=company_id, name=found[to].name)
