"""Agreeing prices of products with one entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.base.locks import Lock, hold
from zveno.base.tx import in_transaction
from zveno.kit.quantity import plain
from zveno.pricing.actions.checks import (
    About,
    Whose,
    check_price,
    check_quantity,
    check_whose,
    moment_from,
    names_of,
    record_terms,
)
from zveno.pricing.actions.timeline import AGREED_PRICES, Counts


@dataclass(frozen=True, slots=True)
class AgreedTold:
    """A price of one base unit from `min_quantity` up. `is_closed`: final, no discount lowers it."""

    product_id: int
    value: Decimal
    min_quantity: Decimal = Decimal(0)
    currency: str = "RUB"
    vat_included: bool = True
    is_closed: bool = False
    contract_number: str = ""


@in_transaction
def set_agreed_prices(
    *, seller_id: int, buyer_entity_id: int, rows: Sequence[AgreedTold], day: date | None, now: datetime
) -> Counts:
    """Let the prices hold for the entity from `day` on (None: now). Of a price told twice the last counts.

    Raises PriceOutOfRange, QuantityOutOfRange, and what `check_whose`, `names_of` and `moment_from` raise.
    """
    whose = Whose(seller_id, buyer_entity_id)
    name = check_whose(whose)
    for row in rows:
        check_price(row.value)
        check_quantity(row.min_quantity)
    at = moment_from(day, seller_id=seller_id, now=now)
    about = names_of([About(product_id=row.product_id) for row in rows])
    hold(Lock.TERMS_OF_SELLER, seller_id)
    latest = {(row.product_id, row.min_quantity): row for row in rows}.values()
    told = (
        (
            row.product_id, row.min_quantity, row.value, row.currency, row.vat_included, row.is_closed,
            row.contract_number.strip()[:60],
        )
        for row in latest
    )  # fmt: skip
    fixed = {"seller_id": seller_id, "buyer_entity_id": buyer_entity_id}
    counts = AGREED_PRICES.put(told, fixed=fixed, at=at, now=now)
    if counts.created or counts.changed:
        brief = [
            [about[About(product_id=row.product_id)], str(plain(row.value)), row.currency, str(plain(row.min_quantity))]
            for row in rows
        ]
        record_terms("agreed_prices_set", whose=whose, name=name, at=at, now=now, told=brief)
    return counts
