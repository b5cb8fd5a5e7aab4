"""What stands before an order that a program places: what its key was used for, and whether the company has rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from zveno.base.scope import current
from zveno.orders.models import ApprovalRule, Order, Requisition
from zveno.orders.queries.approval.own_people import as_own_people

_RULE = "rule"


@dataclass(frozen=True, slots=True)
class Used:
    """What the key was used for: an order, or a requisition, of which `order_id` came to be when it was placed."""

    is_requisition: bool
    id: int
    number: str
    state: str
    content_digest: str
    order_id: int | None


@dataclass(frozen=True, slots=True)
class Door:
    """`used`: by the same key before. `has_rules`: somebody may have to be asked first."""

    used: Used | None
    has_rules: bool


def at_the_door(*, company_id: int, key: str) -> Door:
    """What stands before placing by `key` in the company's name. One SQL statement."""
    orders = Order.objects.visible_to(current()).filter(buyer_company_id=company_id, idempotency_key=key)
    with as_own_people():
        sent = Requisition.objects.visible_to(current()).filter(buyer_company_id=company_id, idempotency_key=key)
        rules = ApprovalRule.objects.visible_to(current()).filter(company_id=company_id)
        rows = _told(orders, "order", "id").union(
            _told(sent, "requisition", "order_id"),
            rules.order_by().values_list(Value(_RULE), "id", Value(""), Value(""), Value(""), "id")[:1],
            all=True,
        )
        found: dict[str, Any] = {kind: told for kind, *told in rows}
    used = found.get("order") or found.get("requisition")
    return Door(Used("order" not in found, *used) if used else None, _RULE in found)


def _told(rows: QuerySet[Any, Any], kind: str, order_id: str) -> QuerySet[Any, Any]:
    number = Cast("number", CharField())
    return rows.order_by().values_list(Value(kind), "id", number, "state", "content_digest", F(order_id))
