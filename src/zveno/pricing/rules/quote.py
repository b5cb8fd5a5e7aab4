"""The quote: what a product costs a buyer by its terms, and every step that led to the figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from zveno.kit.money import round_money
from zveno.kit.quantity import plain

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price that holds: of one product in one kind, from `min_quantity` up."""

    product_id: int
    kind_id: int
    kind_name: str
    currency: str
    vat_included: bool
    value: Decimal
    min_quantity: Decimal
    valid_from: datetime
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one unit of a product for a buyer, from `min_quantity` up.

    `base` is the price of the kind before the discount; `trace` explains the figure: codes with parameters, in order
    (`price_kind`, `tier`, `discount`, `vat`); `tiers` are the prices from larger quantities.
    """

    product_id: int
    price: Decimal
    base: Decimal
    currency: str
    discount_percent: Decimal
    vat_included: bool
    min_quantity: Decimal
    confirmed_at: datetime
    trace: tuple[dict[str, Any], ...]
    tiers: tuple[Quote, ...] = ()

    def for_quantity(self, quantity: Decimal) -> Quote:
        """The quote that holds for `quantity`: the one of the largest tier reached."""
        reached = [tier for tier in self.tiers if tier.min_quantity <= quantity]
        return max(reached, key=lambda tier: tier.min_quantity, default=self)

    def total(self, quantity: Decimal) -> Decimal:
        """The sum of a line of `quantity`, rounded half up to the currency, of the tier reached."""
        return round_money(self.for_quantity(quantity).price * quantity, self.currency)


def quote(rows: Iterable[PriceRow], *, discount_percent: Decimal) -> Quote | None:
    """The quote from the prices of one product in one kind; `None` when there is none: orderable on request only.

    A price of zero is how an ERP says that there is no price. The unit price is rounded half up after the discount.
    """
    tiers = [_quote_of(row, discount_percent) for row in sorted(rows, key=lambda r: r.min_quantity) if row.value > 0]
    if not tiers:
        return None
    first, *larger = tiers
    return Quote(
        **{name: getattr(first, name) for name in Quote.__slots__ if name != "tiers"},
        tiers=tuple(larger),
    )


def _quote_of(row: PriceRow, discount_percent: Decimal) -> Quote:
    price = round_money(row.value * (_HUNDRED - discount_percent) / _HUNDRED, row.currency)
    return Quote(
        product_id=row.product_id,
        price=price,
        base=row.value,
        currency=row.currency,
        discount_percent=discount_percent,
        vat_included=row.vat_included,
        min_quantity=row.min_quantity,
        confirmed_at=row.confirmed_at,
        trace=tuple(_steps(row, discount_percent, price)),
    )


def _steps(row: PriceRow, discount_percent: Decimal, price: Decimal) -> Iterable[dict[str, Any]]:
    yield {
        "code": "price_kind",
        "kind": row.kind_name,
        "value": _text(row.value),
        "currency": row.currency,
        "since": row.valid_from.isoformat(),
    }
    if row.min_quantity > 0:
        yield {"code": "tier", "from": _text(row.min_quantity)}
    if discount_percent:
        yield {"code": "discount", "percent": _text(discount_percent), "value": _text(price)}
    yield {"code": "vat_included" if row.vat_included else "vat_on_top"}


def _text(value: Decimal) -> str:
    return str(plain(value))
