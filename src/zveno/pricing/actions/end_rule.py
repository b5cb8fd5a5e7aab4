"""Ending what was agreed: a column, a discount, an agreed price."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from zveno.base.locks import Lock, hold
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.kit.quantity import plain
from zveno.pricing.actions.checks import About, Whose, check_whose, moment_from, names_of, record_terms
from zveno.pricing.actions.timeline import AGREED_PRICES, COLUMNS, DISCOUNTS
from zveno.pricing.errors import RuleUnknown
from zveno.pricing.models import Discount, IndividualPrice, KindAssignment

Kind = Literal["column", "discount", "agreed"]
_KINDS: dict[str, tuple[Any, Any]] = {
    "column": (KindAssignment, COLUMNS),
    "discount": (Discount, DISCOUNTS),
    "agreed": (IndividualPrice, AGREED_PRICES),
}


@in_transaction
def end_rule(*, seller_id: int, kind: Kind, rule_id: int, day: date | None, now: datetime) -> None:
    """Let a rule of the seller end on `day` (None: now); one that has not begun by then never will.

    Raises RuleUnknown, DayPassed.
    """
    model, timeline = _KINDS[kind]
    hold(Lock.TERMS_OF_SELLER, seller_id)
    row = model.objects.visible_to(current()).filter(pk=rule_id, seller_id=seller_id).first()
    if row is None:
        raise RuleUnknown
    at = moment_from(day, seller_id=seller_id, now=now)
    if not timeline.end([row.pk], at=at, now=now):
        return
    whose = Whose(seller_id, row.buyer_entity_id, getattr(row, "standing_id", None))
    about = About(row.product_id, getattr(row, "category_id", None), getattr(row, "brand", ""))
    record_terms(
        f"{kind}_ended", whose=whose, name=check_whose(whose), at=at, now=now, what=names_of([about])[about],
        **_brief(row),
    )  # fmt: skip


def _brief(row: Any) -> dict[str, str]:
    if isinstance(row, KindAssignment):
        return {"kind": row.price_kind.name}
    if isinstance(row, Discount):
        return {"layer": row.layer, "percent": str(plain(row.percent)), "threshold": str(plain(row.threshold))}
    return {"value": str(plain(row.value)), "currency": row.currency}
