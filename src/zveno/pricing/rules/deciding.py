"""What a product costs a buyer: the one function that decides, from facts alone.

Base: the agreed price whose tier is reached, else the price of the first column (the most exact, the nearest, the
lowest rank) that has one. Then discounts: in each layer the most exact ladder decides; the layers combine as the seller
chose, no further than the cap, no lower than the floor; then the price is rounded once.

An order takes two passes. The first prices every line without the layer of the order's sum; the sums of that pass
say which of its rungs are reached, and the second pass adds them. The sums never look at their own effect: so nothing
swings, and the order of the lines does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext

from zveno.kit.money import round_money
from zveno.pricing.rules.choosing import (
    ORDER,
    LadderKey,
    amount_for,
    columns_for,
    deciding,
    key_of,
    ladders_for,
    reached_own,
    row_of,
)
from zveno.pricing.rules.decisions import EXACT, Base, Decision, left_after
from zveno.pricing.rules.explaining import Step, explain
from zveno.pricing.rules.facts import (
    HUNDRED,
    ZERO,
    Band,
    Book,
    Goods,
    Ladder,
    Layer,
    Mode,
    Rung,
)
from zveno.pricing.rules.rounding import band_of, bands_for, rounded, upwards

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one unit for a quantity of a product, as it was decided. `trace` explains the figure."""

    decision: Decision

    @property
    def product_id(self) -> int:
        return self.decision.goods.product_id

    @property
    def quantity(self) -> Decimal:
        """What the price is for: the line's quantity, or the least that can be ordered."""
        return self.decision.quantity

    @property
    def price(self) -> Decimal:
        return self.decision.price

    @property
    def base(self) -> Decimal:
        """The price before discounts."""
        return self.decision.base.value

    @property
    def currency(self) -> str:
        return self.decision.base.currency

    @property
    def vat_included(self) -> bool:
        return self.decision.base.vat_included

    @property
    def min_quantity(self) -> Decimal:
        """The quantity from which the base price holds."""
        return self.decision.base.min_quantity

    @property
    def confirmed_at(self) -> datetime:
        return self.decision.base.confirmed_at

    @property
    def discount_percent(self) -> Decimal:
        """What the discounts come to together, before rounding, with two digits."""
        share = EXACT.divide(self.decision.exact, self.base)
        return EXACT.multiply(1 - share, HUNDRED).quantize(_CENT)

    @property
    def trace(self) -> tuple[Step, ...]:
        """The steps to the price, then the rules that lost."""
        return explain(self.decision)

    @property
    def total(self) -> Decimal:
        """The sum of the line, rounded half up to the currency."""
        return round_money(self.price * self.quantity, self.currency)

    def for_quantity(self, quantity: Decimal) -> Quote | None:
        """The price for another quantity of the same product in the same order."""
        told = self.decision
        return decide(told.book, told.goods, quantity, sums=told.sums)

    @property
    def tiers(self) -> tuple[Quote, ...]:
        """The prices from larger quantities, each where the price changes."""
        return tiers_of(self)


def decide(
    book: Book, goods: Goods, quantity: Decimal | None = None, *, sums: Mapping[LadderKey, Decimal] | None = None
) -> Quote | None:
    """The price of a line of `quantity` (None: the least that can be ordered); None: there is none, it is on request.

    `sums` are the order's sums for the ladders of its sum, from the first pass; without them that layer is left out.
    """
    amount = goods.least if quantity is None else quantity
    base = _base(book, goods, amount)
    if base is None:
        return None
    with localcontext(EXACT):
        return Quote(_decided(book, goods, amount, base, sums))


def decide_order(book: Book, lines: Sequence[tuple[Goods, Decimal | None]]) -> list[Quote | None]:
    """The price of each line of an order, in two passes where the order's sum counts for anything."""
    found = [decide(book, goods, quantity) for goods, quantity in lines]
    sums = sums_of(book, [(line[0], quote) for line, quote in zip(lines, found, strict=True) if quote])
    if not sums:
        return found
    for place, (goods, quantity) in enumerate(lines):
        if any(ladder.layer is Layer.ORDER_SUM for ladder in ladders_for(book, goods)):
            found[place] = decide(book, goods, quantity, sums=sums)
    return found


def sums_of(book: Book, priced: Sequence[tuple[Goods, Quote]]) -> dict[LadderKey, Decimal]:
    """For each ladder of the order's sum: the sum of the lines it covers, in its currency."""
    own = [ladder for goods, _ in priced for ladder in goods.ladders]
    ladders = {key_of(one): one for one in (*book.ladders, *own) if one.layer is Layer.ORDER_SUM}
    totals = [(goods, quote.currency, quote.total) for goods, quote in priced] if ladders else []
    return {
        key: sum(
            (
                total
                for goods, currency, total in totals
                if currency == ladder.currency and ladder.target.covers(goods.product_id, goods.path, goods.brand)
            ),
            ZERO,
        )
        for key, ladder in ladders.items()
    }


def tiers_of(quote: Quote) -> tuple[Quote, ...]:
    """The quotes from larger quantities than the quote's, each where the price changes."""
    told = quote.decision
    found: list[Quote] = []
    before = quote
    for quantity in sorted(q for q in _breaks(told.book, told.goods) if q > quote.quantity):
        there = decide(told.book, told.goods, quantity, sums=told.sums)
        if there is not None and (there.price, there.currency) != (before.price, before.currency):
            found.append(there)
            before = there
    return tuple(found)


def _base(book: Book, goods: Goods, quantity: Decimal) -> Base | None:
    own = reached_own(goods, quantity)
    if own is not None:
        return Base(own.value, own.currency, own.vat_included, own.min_quantity, own.origin.since, own=own)
    for column in columns_for(book, goods):
        row = row_of(goods, column.kind_id, quantity)
        if row is not None:
            return Base(
                row.value, column.currency, column.vat_included, row.min_quantity, row.confirmed_at, column, row
            )
    return None


def _decided(
    book: Book, goods: Goods, quantity: Decimal, base: Base, sums: Mapping[LadderKey, Decimal] | None
) -> Decision:
    is_final = base.own is not None and base.own.is_closed
    ladders = ladders_for(book, goods)
    reached = () if is_final else _reached(ladders, quantity, base.currency, sums)
    floor = None if is_final else _floor(book, goods)
    # A base that is below the floor already is not lowered, and not raised.
    is_below = floor is not None and base.value <= floor
    taken = () if is_below else _taken(reached, book.mode)
    share, capped = left_after(taken, book.mode), False
    if book.cap_percent is not None and share < 1 - book.cap_percent / HUNDRED:
        share, capped = 1 - book.cap_percent / HUNDRED, True
    exact, is_floored = base.value * share, is_below and bool(reached)
    band: Band | None = None
    if is_final:
        price = round_money(exact, base.currency)
    elif floor is not None and not is_below and exact <= floor:
        exact, is_floored, price = floor, exact < floor, upwards(floor, base.currency)
    else:
        band = band_of(bands_for(book.bands.get(base.currency, ()), base.currency), exact)
        price = rounded(exact, band, base.currency)
        if floor is not None and not is_below:
            price = max(price, upwards(floor, base.currency))
    return Decision(
        book, goods, quantity, sums, base, ladders, reached, taken, capped, floor, is_floored, exact, band, price
    )


def _reached(
    ladders: Sequence[Ladder], quantity: Decimal, currency: str, sums: Mapping[LadderKey, Decimal] | None
) -> tuple[Rung, ...]:
    """The rung of each layer that its deciding ladder gives; one of no percent gives nothing."""
    found = []
    for ladder in deciding(ladders, currency):
        rung = ladder.at(amount_for(ladder, quantity, sums))
        if rung is not None and rung.percent > 0:
            found.append(rung)
    return tuple(found)


def _taken(reached: Sequence[Rung], mode: Mode) -> tuple[Rung, ...]:
    if mode is not Mode.LARGEST or not reached:
        return tuple(reached)
    # Of equal ones that of the earlier layer.
    return (max(reached, key=lambda rung: (rung.percent, -ORDER[rung.layer])),)


def _floor(book: Book, goods: Goods) -> Decimal | None:
    """The lowest price of the floor's column for the product, of its smallest tier."""
    if book.floor_kind_id is None:
        return None
    rows = [row for row in goods.prices if row.kind_id == book.floor_kind_id and row.value > 0]
    first = min(rows, key=lambda row: row.min_quantity, default=None)
    return first.value if first else None


def _breaks(book: Book, goods: Goods) -> set[Decimal]:
    """Quantities from which a price may change."""
    found = {row.min_quantity for row in goods.prices} | {own.min_quantity for own in goods.own_prices}
    ladders = [ladder for ladder in ladders_for(book, goods) if ladder.layer is Layer.VOLUME]
    return found | {rung.threshold for ladder in ladders[:1] for rung in ladder.rungs}
