"""How a seller promises and shows its supply."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from zveno.base.audit import record
from zveno.base.events import publish
from zveno.base.tx import in_transaction
from zveno.stock.actions.own_policy import own_policy
from zveno.stock.errors import BandsOutOfOrder, NumberOutOfRange
from zveno.stock.events import SupplyCame
from zveno.stock.rules.policy import Policy
from zveno.stock.rules.words import Promising

_MOST_HOURS, _MOST_MINUTES, _MOST_QUANTITY = 24 * 365, 24 * 60, Decimal(1_000_000)


@in_transaction
def change_policy(*, seller_id: int, policy: Policy, now: datetime) -> None:
    """Let the seller's policy be as given (what was heard stays). What is promised already stays promised.

    Raises BandsOutOfOrder, NumberOutOfRange.
    """
    if not 0 < policy.few_below <= policy.many_from <= _MOST_QUANTITY:
        raise BandsOutOfOrder(few_below=str(policy.few_below), many_from=str(policy.many_from))
    for number, most, place in (
        (policy.stale_after_hours, _MOST_HOURS, "stale_after_hours"),
        (policy.shortage_grace_minutes, _MOST_MINUTES, "shortage_grace_minutes"),
    ):
        if number is not None and not 0 <= number <= most:
            raise NumberOutOfRange(place=place, least=0, most=most)
    row = own_policy(seller_id)
    told = {
        "confirmed_as": Promising(policy.confirmed_as).value,
        "planned_as": Promising(policy.planned_as).value,
        "produced_as": Promising(policy.produced_as).value,
        "few_below": policy.few_below,
        "many_from": policy.many_from,
        "stale_after_hours": policy.stale_after_hours,
        "shortage_grace_minutes": policy.shortage_grace_minutes,
    }
    changed = {name: value for name, value in told.items() if getattr(row, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    record(
        action="supply_policy_changed",
        subject=row,
        now=now,
        company_id=seller_id,
        seller_id=seller_id,
        **{name: str(value) for name, value in changed.items()},
    )
    publish(SupplyCame(seller_id=seller_id))
