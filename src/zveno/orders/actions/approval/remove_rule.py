"""Removing a rule of a company."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.keep_rule import locked_rule


@in_transaction
def remove_rule(*, company_id: int, rule_id: int, now: datetime) -> None:
    """Remove the rule. Raises ApprovalThingNotFound."""
    rule = locked_rule(company_id, rule_id)
    record(action="approval_rule_removed", subject=rule, now=now, company_id=company_id, name=rule.name)
    rule.delete()
