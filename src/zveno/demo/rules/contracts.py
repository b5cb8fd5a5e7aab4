"""What the contracts of the demo world give: columns in order, discounts by group, agreed prices, offers to all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from zveno.demo.rules import prices
from zveno.demo.rules.parties import FIRST_DEALER, SALES_HOUSE, Terms
from zveno.demo.rules.prices import Kind
from zveno.demo.rules.products import Good

# The first dealer buys décor by the recommended retail price with a discount for each group (O37).
DECOR = "Декор"
BY_GROUP = (
    ((DECOR, "Лепнина"), Decimal(50)),
    ((DECOR, "Панели"), Decimal(45)),
    ((DECOR, "Монтаж лепнины"), Decimal(45)),
)
# Offers to everybody began after the last order of the history.
OFFERED_FOR_DAYS = 7
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Own:
    """The price of a good by a contract: column, its price, the discount in percent, what is left."""

    kind: Kind
    base: Decimal
    percent: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Offer:
    """A discount for every buyer of a seller: about a group (none: everything) from a quantity or a sum."""

    seller: int
    layer: str
    percent: Decimal
    path: tuple[str, ...] = ()
    brand: str = ""
    threshold: int = 0
    status: str = ""


OFFERS = (
    Offer(2, "volume", Decimal(3), ("Освещение", "Лампы"), threshold=100),
    Offer(2, "volume", Decimal(5), ("Освещение", "Лампы"), threshold=500),
    Offer(2, "volume", Decimal(4), ("Кабель и провод",), threshold=1000),
    Offer(2, "volume", Decimal(6), ("Кабель и провод",), threshold=5000),
    Offer(2, "volume", Decimal(2), brand="Щитовик", threshold=50),
    Offer(2, "first_order", Decimal(5)),
    Offer(2, "status", Decimal(1), status="Серебряный"),
    Offer(2, "status", Decimal(2), status="Золотой"),
    Offer(3, "volume", Decimal(3), ("Электроустановка",), threshold=50),
    Offer(3, "first_order", Decimal(7)),
    Offer(3, "order_sum", Decimal(2), threshold=100_000),
)
# Name, position, what it takes: a test, the sum shipped in twelve months, the credit limit it gives.
STATUSES = (
    ("Новый", 0, "new", 0, 100_000),
    ("Базовый", 1, "any", 0, None),
    ("Серебряный", 2, "volume", 500_000, None),
    ("Золотой", 3, "volume", 3_000_000, None),
)
# Which goods (by their place among the seller's) have a price agreed with the first dealer, its share of the retail
# price, from what quantity, and whether it is final.
AGREED = (
    (40, "0.55", 0, False),
    (40, "0.52", 100, False),
    (300, "0.60", 0, True),
    (601, "0.58", 0, False),
    (900, "0.50", 50, True),
    (1500, "0.62", 0, False),
)


def own_price(good: Good, terms: Terms, *, before: bool = False) -> Own:
    """The price of a good by the contract alone, before what is offered to everybody."""
    kind = next(kind for kind in columns_for(terms) if kind.holds(good.family.path[0]))
    percent = terms.discount
    if is_by_group(terms) and good.family.path[0] == DECOR:
        kind, percent = prices.RETAIL, dict(BY_GROUP)[good.family.path[0], good.family.path[1]]
    base = prices.price(good.retail, kind, before=before)
    left = (base * (100 - percent) / 100).quantize(_CENT, rounding=ROUND_HALF_UP)
    return Own(kind, base, percent, left)


def columns_for(terms: Terms) -> list[Kind]:
    """The columns of a contract in the order in which they are asked: that of the region first."""
    regional = prices.REGIONAL.get((terms.price_kind, terms.district))
    return [prices.KINDS[id_ - 1] for id_ in (regional, terms.price_kind) if id_ is not None]


def is_by_group(terms: Terms) -> bool:
    """Whether the contract has discounts by group."""
    return terms.buyer == FIRST_DEALER and terms.seller == SALES_HOUSE


def offered_from(today: date) -> date:
    """The day from which offers to everybody hold."""
    return today - timedelta(days=OFFERED_FOR_DAYS)


def agreed(goods: Sequence[Good]) -> Iterator[tuple[Good, Decimal, int, bool]]:
    """(good, price, least quantity, is it final) of the prices agreed with the first dealer."""
    for place, share, least, is_final in AGREED:
        good = goods[place % len(goods)]
        yield good, (good.retail * Decimal(share)).quantize(_CENT, rounding=ROUND_HALF_UP), least, is_final
