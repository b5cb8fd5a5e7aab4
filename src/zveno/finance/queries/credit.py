"""Credit: limits, what stands against them, and the decision on an order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Min, Sum

from zveno.base import audit
from zveno.base.models import AuditEntry
from zveno.base.scope import Section, current
from zveno.finance.models import CreditLimit, CreditPolicy
from zveno.finance.ports import reserved_by_orders
from zveno.finance.queries.balances import Which
from zveno.finance.queries.receivables import open_documents
from zveno.finance.rules.credit import Answer, Decision, Overdue, Policy, Standing, decide
from zveno.partners.queries.agreements import Agreement, agreements_on
from zveno.partners.queries.entities import entities_of

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class EntityCredit:
    """Where one entity stands with a seller. `set_by`: who set the limit, empty where it is that of the terms."""

    agreement: Agreement
    standing: Standing
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class LimitValue:
    """A limit as it was set once; no entity: of the whole company; no amount: lifted."""

    entity_id: int | None
    amount: Decimal | None
    reason: str
    set_by: str
    set_at: datetime


def credit_policy(*, seller_id: int) -> Policy:
    """What the seller chose; where it chose nothing, it is warned."""
    row = CreditPolicy.objects.visible_to(current()).filter(seller_id=seller_id).first()
    if row is None:
        return Policy()
    return Policy(Answer(row.over_limit), Answer(row.when_overdue), row.grace_days)


def policy_history(*, seller_id: int) -> Sequence[AuditEntry]:
    """Who chose what and when, the newest first."""
    row = CreditPolicy.objects.visible_to(current()).filter(seller_id=seller_id).first()
    return audit.history_of(row) if row is not None else ()


def credits_of(
    *, seller_id: int, day: date, entity_ids: Collection[int] | None = None, but_not: int | None = None
) -> list[EntityCredit]:
    """Entities with terms on `day`, each with limit, debt and what open orders reserve, in the currency of the terms.

    What is paid and not used lowers the debt. Four SQL statements; the order `but_not` is left out.
    """
    agreed = agreements_on(seller_id=seller_id, day=day, entity_ids=entity_ids)
    ids = {one.buyer_entity_id for one in agreed}
    debts = _debts(seller_id, ids)
    set_limits = _newest_limits(seller_id, ids)
    reserved: dict[tuple[int, str], Decimal] = {}
    for currency in {one.currency for one in agreed}:
        of_orders = reserved_by_orders(seller_id=seller_id, entity_ids=ids, currency=currency, but_not=but_not)
        reserved |= {(entity_id, currency): value for entity_id, value in of_orders.items()}
    found = []
    for one in agreed:
        key = (one.buyer_entity_id, one.currency)
        above = set_limits.get(one.buyer_entity_id)
        overruled = above is not None and above.amount is not None
        limit = above.amount if above is not None and overruled else one.credit_limit
        standing = Standing(limit, debts.get(key, _ZERO), reserved.get(key, _ZERO))
        found.append(EntityCredit(one, standing, above.set_by_name if above is not None and overruled else ""))
    return found


def decide_credit(
    *, seller_id: int, entity_id: int, total: Decimal, currency: str, day: date, order_id: int | None = None
) -> Decision | None:
    """Judge an order of `total`, itself left out where it has an `order_id`; None without terms in that currency.

    The group's limit is judged where the whole group is seen: by the system, not within a buyer's transaction.
    """
    mine = credits_of(seller_id=seller_id, day=day, entity_ids=[entity_id], but_not=order_id)
    credit = next((one for one in mine if one.agreement.currency == currency), None)
    if credit is None:
        return None
    policy = credit_policy(seller_id=seller_id)
    group = None
    if current().section is Section.SYSTEM:
        group = group_standing(
            seller_id=seller_id, company_id=credit.agreement.buyer_company_id, currency=currency, but_not=order_id
        )
    overdue = _overdue(seller_id, entity_id, currency, day - timedelta(days=policy.grace_days), day)
    return decide(total=total, policy=policy, entity=credit.standing, group=group, overdue=overdue)


def group_standing(*, seller_id: int, company_id: int, currency: str, but_not: int | None = None) -> Standing | None:
    """Where a company stands with all its entities against the limit set for it; None without one."""
    row = CreditLimit.objects.visible_to(current()).filter(
        seller_id=seller_id, buyer_company_id=company_id, buyer_entity=None
    )
    newest = row.order_by("-set_at", "-id").first()
    if newest is None or newest.amount is None:
        return None
    ids = [entity.pk for entity in entities_of(company_id)]
    debts = _debts(seller_id, ids)
    reserved = reserved_by_orders(seller_id=seller_id, entity_ids=ids, currency=currency, but_not=but_not)
    debt = sum((value for (_, told), value in debts.items() if told == currency), _ZERO)
    return Standing(newest.amount, debt, sum(reserved.values(), _ZERO))


def limit_history(*, seller_id: int, company_id: int) -> Sequence[LimitValue]:
    """Every limit that the seller's people set for the company and its entities, the newest first."""
    rows = CreditLimit.objects.visible_to(current()).filter(seller_id=seller_id, buyer_company_id=company_id)
    return [
        LimitValue(row.buyer_entity_id, row.amount, row.reason, row.set_by_name, row.set_at)
        for row in rows.order_by("-set_at", "-id")
    ]


def _debts(seller_id: int, entity_ids: Collection[int]) -> dict[tuple[int, str], Decimal]:
    """(entity, currency) → the balance: open debts less what is paid and not used. One statement over open ones."""
    rows = open_documents(Which(seller_id=seller_id, entity_ids=entity_ids))
    sums = rows.values("buyer_entity_id", "account__currency").annotate(sum=Sum("rest"))
    return {(row["buyer_entity_id"], row["account__currency"]): row["sum"] for row in sums}


def _newest_limits(seller_id: int, entity_ids: Collection[int]) -> dict[int, CreditLimit]:
    rows = CreditLimit.objects.visible_to(current()).filter(seller_id=seller_id, buyer_entity_id__in=entity_ids)
    return {row.buyer_entity_id: row for row in rows.order_by("set_at", "id") if row.buyer_entity_id is not None}


def _overdue(seller_id: int, entity_id: int, currency: str, before: date, today: date) -> Overdue:
    rows = open_documents(Which(seller_id=seller_id, entity_ids=[entity_id]))
    late = rows.filter(rest__gt=0, account__currency=currency, due_on__lt=before)
    told = late.aggregate(sum=Sum("rest"), since=Min("due_on"))
    return Overdue(told["sum"], (today - told["since"]).days) if told["sum"] else Overdue()
