"""How the layers of a seller's discounts combine."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from zveno.base.locks import Lock, hold
from zveno.base.tx import in_transaction
from zveno.pricing.actions.checks import Whose, check_percent, kind_of, moment_from, record_terms
from zveno.pricing.actions.timeline import COMBINATIONS
from zveno.pricing.rules.facts import Mode


@in_transaction
def set_combination(
    *,
    seller_id: int,
    mode: Mode,
    cap_percent: Decimal | None,
    floor_kind_id: int | None,
    day: date | None,
    now: datetime,
) -> None:
    """Let the layers combine so from `day` on (None: now). Raises PercentOutOfRange, PriceKindUnknown, DayPassed."""
    if cap_percent is not None:
        check_percent(cap_percent)
    floor = kind_of(seller_id=seller_id, price_kind_id=floor_kind_id) if floor_kind_id is not None else None
    at = moment_from(day, seller_id=seller_id, now=now)
    hold(Lock.TERMS_OF_SELLER, seller_id)
    counts = COMBINATIONS.put([(seller_id, mode.value, cap_percent, floor_kind_id)], fixed={}, at=at, now=now)
    if counts.created or counts.changed:
        record_terms(
            "combination_set",
            whose=Whose(seller_id),
            name="",
            at=at,
            now=now,
            mode=mode.value,
            cap=str(cap_percent) if cap_percent is not None else "",
            floor=floor.name if floor else "",
        )
