"""Statuses of a seller: what each is called and what it takes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from zveno.base.locks import Lock, hold
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.pricing.actions.checks import Whose, moment_from, record_terms
from zveno.pricing.actions.timeline import STANDING_RULES
from zveno.pricing.errors import NameNeeded, PriceOutOfRange, QuantityOutOfRange, StandingNameTaken, StandingUnknown
from zveno.pricing.models import Standing
from zveno.pricing.rules.standing import Test

_LONGEST_MONTHS = 60


@in_transaction
def set_standing(
    *,
    seller_id: int,
    standing_id: int | None,
    name: str,
    position: int,
    test: Test,
    min_total: Decimal = Decimal(0),
    months: int = 12,
    credit_limit: Decimal | None = None,
    day: date | None,
    now: datetime,
) -> int:
    """Make a status (`standing_id` None) or change it; its rule holds from `day` on (None: now). Returns its id.

    Raises NameNeeded, StandingNameTaken, StandingUnknown, PriceOutOfRange, QuantityOutOfRange, DayPassed.
    """
    if min_total < 0 or (credit_limit is not None and credit_limit < 0):
        raise PriceOutOfRange(field="min_total" if min_total < 0 else "credit_limit")
    if not 1 <= months <= _LONGEST_MONTHS:
        raise QuantityOutOfRange(field="months")
    at = moment_from(day, seller_id=seller_id, now=now)
    hold(Lock.TERMS_OF_SELLER, seller_id)
    standing = _named(seller_id, standing_id, name.strip()[:80], position)
    rule = (standing.pk, test.value, min_total, months, credit_limit)
    STANDING_RULES.put([rule], fixed={"seller_id": seller_id}, at=at, now=now)
    record_terms(
        "standing_set",
        whose=Whose(seller_id),
        name="",
        at=at,
        now=now,
        standing=standing.name,
        test=test.value,
        min_total=str(min_total),
        months=months,
        limit=str(credit_limit) if credit_limit is not None else "",
    )
    return standing.pk


def _named(seller_id: int, standing_id: int | None, name: str, position: int) -> Standing:
    if not name:
        raise NameNeeded(field="name")
    own = Standing.objects.visible_to(current()).filter(seller_id=seller_id)
    if own.filter(name=name).exclude(pk=standing_id or 0).exists():
        raise StandingNameTaken(field="name", name=name)
    standing = own.filter(pk=standing_id).first() if standing_id is not None else Standing(seller_id=seller_id)
    if standing is None:
        raise StandingUnknown
    standing.name, standing.position = name, position
    standing.save()
    return standing
