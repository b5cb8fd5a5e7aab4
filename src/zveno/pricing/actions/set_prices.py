"""Prices of products as the seller's people set them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from zveno.base.tx import in_transaction
from zveno.kit.quantity import plain
from zveno.pricing.actions.checks import (
    About,
    Whose,
    check_price,
    check_quantity,
    kind_of,
    moment_from,
    names_of,
    record_terms,
)
from zveno.pricing.actions.take_prices import PriceTold, take_prices
from zveno.pricing.actions.timeline import Counts


@in_transaction
def set_prices(*, seller_id: int, rows: Sequence[PriceTold], day: date | None, now: datetime) -> Counts:
    """Let the prices hold from `day` on (None: now). A price of nought takes the product out of the column.

    Raises PriceOutOfRange, QuantityOutOfRange, PriceKindUnknown, GoodsUnknown, DayPassed.
    """
    for row in rows:
        check_price(row.value, or_none=True)
        check_quantity(row.min_quantity)
    ids = {row.price_kind_id for row in rows}
    kinds = {id_: kind_of(seller_id=seller_id, price_kind_id=id_) for id_ in ids}
    at = moment_from(day, seller_id=seller_id, now=now)
    about = names_of({About(product_id=row.product_id) for row in rows})
    counts = take_prices(seller_id=seller_id, rows=rows, at=at, now=now)
    if counts.created or counts.changed:
        brief = [
            [
                about[About(product_id=row.product_id)],
                kinds[row.price_kind_id].name,
                str(plain(row.value)),
                kinds[row.price_kind_id].currency,
            ]
            for row in rows
        ]
        record_terms("prices_set", whose=Whose(seller_id), name="", at=at, now=now, told=brief)
    return counts
