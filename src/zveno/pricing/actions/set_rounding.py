"""How a seller's unit prices in a currency are rounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from zveno.base.locks import Lock, hold
from zveno.base.tx import in_transaction
from zveno.kit.quantity import plain
from zveno.pricing.actions.checks import Whose, moment_from, record_terms
from zveno.pricing.actions.timeline import ROUNDINGS
from zveno.pricing.errors import BandsWrong
from zveno.pricing.rules.facts import Band
from zveno.pricing.rules.rounding import faults_of


@in_transaction
def set_rounding(*, seller_id: int, currency: str, bands: Sequence[Band], day: date | None, now: datetime) -> None:
    """Let prices in the currency be rounded by `bands` from `day` on (None: now); no bands: to its minor unit.

    Raises BandsWrong, DayPassed.
    """
    if faults := faults_of(bands, currency):
        raise BandsWrong(field="bands", why=faults[0])
    at = moment_from(day, seller_id=seller_id, now=now)
    ordered = sorted(bands, key=lambda band: band.from_amount)
    told = [{"from": str(plain(b.from_amount)), "step": str(plain(b.step)), "way": b.way.value} for b in ordered]
    hold(Lock.TERMS_OF_SELLER, seller_id)
    counts = ROUNDINGS.put([(currency, told)], fixed={"seller_id": seller_id}, at=at, now=now)
    if counts.created or counts.changed:
        record_terms("rounding_set", whose=Whose(seller_id), name="", at=at, now=now, told=told, currency=currency)
