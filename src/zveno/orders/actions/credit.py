"""The order against its buyer's credit: at placing, and again when the system decides on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from zveno.base.scope import Section, current
from zveno.finance.errors import CreditBlocked
from zveno.finance.queries.credit import credit_policy, decide_credit
from zveno.finance.rules.credit import Answer, Decision, Verdict
from zveno.orders.models import Order
from zveno.partners.queries.parties import seller_with

# What of a reason everybody may read who sees the order: neither limits nor debts.
_TOLD = {"over_limit": ("over",), "over_group_limit": (), "overdue": ("days",)}


def check_credit(order: Order, *, day: date) -> None:
    """Refuse an order that is about to be written where the seller takes none over the credit. Raises CreditBlocked."""
    if Answer.BLOCK not in _answers(order):
        return
    decision = _decision(order, day, order_id=None)
    if decision is not None and decision.verdict is Verdict.BLOCKED:
        grave = [reason for reason in decision.reasons if reason.verdict is Verdict.BLOCKED]
        raise CreditBlocked(grave, order.currency)


def credit_reasons(order: Order, *, now: datetime) -> list[dict[str, Any]]:
    """What of its credit an order waits for the manager for, in the shape of `rules.attention`; the system asks.

    What would have stopped its placing stands here too: the whole company's limit is seen only now. Within a person's
    deed the reasons of the last asking stand.
    """
    if current().section is not Section.SYSTEM:
        return kept_credit_reasons(order)
    if _answers(order) == {Answer.WARN}:
        return []
    seller = seller_with(seller_id=order.seller_id)
    decision = _decision(order, seller.today(now), order_id=order.pk) if seller else None
    if decision is None:
        return []
    grave = (Verdict.NEEDS_APPROVAL, Verdict.BLOCKED)
    return [
        {
            "code": f"credit_{reason.code}",
            "line": None,
            "params": {"currency": order.currency, **{name: reason.params[name] for name in _TOLD[reason.code]}},
        }
        for reason in decision.reasons
        if reason.verdict in grave
    ]


def kept_credit_reasons(order: Order) -> list[dict[str, Any]]:
    """The reasons of credit that the order waits for already: only the manager's confirmation lifts them."""
    return [reason for reason in order.attention if reason["code"].startswith("credit_")]


def _answers(order: Order) -> set[Answer]:
    """What the seller chose, the one statement that an order costs where nothing can stop it."""
    policy = credit_policy(seller_id=order.seller_id)
    return {policy.over_limit, policy.when_overdue}


def _decision(order: Order, day: date, *, order_id: int | None) -> Decision | None:
    return decide_credit(
        seller_id=order.seller_id,
        entity_id=order.buyer_entity_id,
        total=order.total,
        currency=order.currency,
        day=day,
        order_id=order_id,
    )
