"""Setting discounts: of an entity by its contract, of a status, of everybody, by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.base.locks import Lock, hold
from zveno.base.tx import in_transaction
from zveno.kit.quantity import plain
from zveno.pricing.actions.checks import (
    ALL_GOODS,
    About,
    Whose,
    check_percent,
    check_quantity,
    check_whose,
    moment_from,
    names_of,
    record_terms,
)
from zveno.pricing.actions.timeline import DISCOUNTS, Counts
from zveno.pricing.errors import AudienceUnclear, ThresholdNeeded
from zveno.pricing.rules.facts import TIERED, Layer


@dataclass(frozen=True, slots=True)
class DiscountTold:
    """A discount of one layer. `threshold`: the least quantity, or the least sum in `currency`."""

    layer: Layer
    percent: Decimal
    about: About = ALL_GOODS
    threshold: Decimal = Decimal(0)
    currency: str = ""
    contract_number: str = ""


@in_transaction
def set_discounts(*, whose: Whose, rows: Sequence[DiscountTold], day: date | None, now: datetime) -> Counts:
    """Let the discounts hold from `day` on (None: now); those before about the same products end there.

    Of a discount told twice the last counts. Nought is a discount too: none, where a wider rule would give one.
    Raises what `check_discount`, `check_whose`, `names_of` and `moment_from` raise.
    """
    name = check_whose(whose)
    for row in rows:
        check_discount(row, whose)
    at = moment_from(day, seller_id=whose.seller_id, now=now)
    about = names_of([row.about for row in rows])
    hold(Lock.TERMS_OF_SELLER, whose.seller_id)
    latest = {(row.about, row.layer, row.threshold, row.currency): row for row in rows}.values()
    told = (
        (
            row.about.product_id, row.about.category_id, row.about.brand, row.layer.value, row.threshold, row.currency,
            row.percent, row.contract_number.strip()[:60],
        )
        for row in latest
    )  # fmt: skip
    counts = DISCOUNTS.put(told, fixed=whose.columns, at=at, now=now)
    if counts.created or counts.changed:
        brief = [
            [row.layer.value, about[row.about], str(plain(row.percent)), str(plain(row.threshold)), row.currency]
            for row in rows
        ]
        record_terms("discounts_set", whose=whose, name=name, at=at, now=now, told=brief)
    return counts


def check_discount(row: DiscountTold, whose: Whose) -> None:
    """Raises PercentOutOfRange, QuantityOutOfRange, ThresholdNeeded, AudienceUnclear."""
    check_percent(row.percent)
    check_quantity(row.threshold)
    if (row.layer in TIERED) != (row.threshold > 0) or (row.layer is Layer.ORDER_SUM) != bool(row.currency):
        raise ThresholdNeeded(field="threshold")
    if row.layer is Layer.STATUS and whose.standing_id is None:
        raise AudienceUnclear(field="standing_id")
