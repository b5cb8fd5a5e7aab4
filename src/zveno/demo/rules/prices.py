"""Price kinds of the sellers and the price of a product in a kind on a day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SALES_HOUSE_SELLER = 2


@dataclass(frozen=True, slots=True)
class Kind:
    """A price kind: its share of the recommended retail price.

    `region` is the code of a district; `groups` are the top groups that it has prices for, none for all.
    """

    id: int
    seller: int
    name: str
    share: Decimal
    is_floor: bool = False
    region: str = ""
    groups: tuple[str, ...] = ()

    def holds(self, group: str) -> bool:
        """Whether goods of this top group have a price in the column."""
        return not self.groups or group in self.groups


HEAVY = ("Краски и обои", "Кабель и провод")

KINDS = (
    Kind(1, 2, "Рекомендованная розничная", Decimal("1")),
    Kind(2, 2, "Дилерская", Decimal("0.74")),
    Kind(3, 2, "Дилерская, объём", Decimal("0.69")),
    Kind(4, 2, "Дистрибьюторская", Decimal("0.58")),
    Kind(5, 2, "Минимальная отпускная", Decimal("0.63"), is_floor=True),
    Kind(6, 3, "Дилерская", Decimal("0.75")),
    Kind(7, 3, "Партнёрская", Decimal("0.71")),
    Kind(8, 4, "Дилерская", Decimal("0.74")),
    Kind(9, 4, "Партнёрская", Decimal("0.70")),
    Kind(10, 5, "Дилерская", Decimal("0.76")),
    Kind(11, 5, "Партнёрская", Decimal("0.72")),
    Kind(12, 6, "Дилерская", Decimal("0.78")),
    Kind(13, 6, "Партнёрская", Decimal("0.73")),
    # Heavy goods are cheaper near the works and dearer far from them.
    Kind(14, 2, "Дилерская, Центр", Decimal("0.72"), region="CFD", groups=HEAVY),
    Kind(15, 2, "Дилерская, объём, Центр", Decimal("0.67"), region="CFD", groups=HEAVY),
    Kind(16, 6, "Дилерская, Дальний Восток", Decimal("0.81"), region="FED", groups=HEAVY),
    Kind(17, 2, "Минимальная цена продажи", Decimal("0.45")),
)
REGIONAL = {(2, "CFD"): 14, (3, "CFD"): 15, (12, "FED"): 16}
RETAIL, LOWEST = KINDS[0], KINDS[16]

# What a product cost before the price change that stands in the history.
BEFORE = Decimal("0.93")
RISEN = Decimal("1.03")
CENT = Decimal("0.01")


def dealer_kind(seller: int, *, is_distributor: bool, size: float) -> int:
    """The price kind that a buyer of this size gets from a seller."""
    if is_distributor:
        return 4
    first = 2 if seller == SALES_HOUSE_SELLER else 6 + 2 * (seller - 3)
    return first + (size > 1.2)


def price(retail: Decimal, kind: Kind, *, before: bool = False, risen: bool = False) -> Decimal:
    """The price in roubles and kopecks; `before` the change in the history, or after it has `risen` once more."""
    value = retail * kind.share * (BEFORE if before else RISEN if risen else 1)
    return value.quantize(CENT, rounding=ROUND_HALF_UP)
