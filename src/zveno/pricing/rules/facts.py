"""The facts that a price is decided from: frozen values, as they held at one moment for one buyer of one seller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class Layer(StrEnum):
    """Where a discount comes from, in the order in which layers follow one another."""

    CONTRACT = "contract"
    STATUS = "status"
    VOLUME = "volume"
    FIRST_ORDER = "first_order"
    ORDER_SUM = "order_sum"


# Layers whose discount depends on how much is ordered: what they ask for and have not got is told.
TIERED = frozenset({Layer.VOLUME, Layer.ORDER_SUM})


class Mode(StrEnum):
    """How the layers combine: the largest alone, one after another on what is left, or their sum."""

    LARGEST = "largest"
    CHAIN = "chain"
    SUM = "sum"


class Way(StrEnum):
    """Which way a price is rounded."""

    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


class Audience(IntEnum):
    """For whom a rule is; of rules about the same products the nearer one counts."""

    EVERYBODY = 0
    STATUS = 1
    OWN = 2


class Precision(IntEnum):
    """How exactly a rule names its products. A group beats a brand: the tree is how sellers think of their range."""

    EVERYTHING = 0
    BRAND = 1
    GROUP = 2
    PRODUCT = 3


@dataclass(frozen=True, slots=True)
class Target:
    """What a rule is about. `path`: ids of a group from the root, `/1/7/`, which covers everything below it.

    `name` is the group's or brand's, for words.
    """

    product_id: int | None = None
    path: str = ""
    brand: str = ""
    name: str = ""

    @property
    def precision(self) -> tuple[int, int]:
        """The larger, the more exact: product, then the deeper group, then brand, then everything."""
        if self.product_id is not None:
            return (Precision.PRODUCT, 0)
        if self.path:
            return (Precision.GROUP, self.path.count("/"))
        return (Precision.BRAND, 0) if self.brand else (Precision.EVERYTHING, 0)

    def covers(self, product_id: int, path: str, brand: str) -> bool:
        """Whether a product that lies at `path` of the tree, of `brand`, is meant."""
        if self.product_id is not None:
            return self.product_id == product_id
        if self.path:
            return path.startswith(self.path)
        return not self.brand or self.brand == brand


EVERYTHING = Target()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule comes from: contract, since when, who set it."""

    since: datetime
    contract: str = ""
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A price column that a contract gives for some products. `rank`: the lower is asked first."""

    id: int
    kind_id: int
    kind_name: str
    currency: str
    vat_included: bool
    target: Target
    audience: Audience
    rank: int
    origin: Origin
    # The name of the status that gives it, or of the kind's region.
    status: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: `percent` from `threshold` up (a quantity, or a sum in `currency`)."""

    id: int
    layer: Layer
    target: Target
    audience: Audience
    threshold: Decimal
    percent: Decimal
    origin: Origin
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one layer about the same products for the same buyers, by threshold.

    The most exact ladder of a layer decides for the layer, whether a rung of it is reached or not: a product with
    tiers of its own has none of its group's.
    """

    layer: Layer
    target: Target
    audience: Audience
    rungs: tuple[Rung, ...]
    # Of sums alone; those of another currency are another ladder.
    currency: str = ""

    @property
    def precedence(self) -> tuple[tuple[int, int], int]:
        """The larger goes first: the more exact target, then the nearer audience."""
        return (self.target.precision, self.audience)

    def at(self, amount: Decimal) -> Rung | None:
        """The rung that counts for `amount`: of those reached the one of the largest percent."""
        reached = [rung for rung in self.rungs if rung.threshold <= amount]
        return max(reached, key=lambda rung: (rung.percent, rung.threshold), default=None)

    def ahead(self, amount: Decimal) -> list[Rung]:
        """The rungs not reached by `amount` that would each give more than those below it."""
        now = self.at(amount)
        best = now.percent if now else ZERO
        found = []
        for rung in self.rungs:
            if rung.threshold > amount and rung.percent > best:
                found.append(rung)
                best = rung.percent
        return found


@dataclass(frozen=True, slots=True)
class Band:
    """Prices from `from_amount` up are rounded to a multiple of `step`."""

    from_amount: Decimal
    step: Decimal
    way: Way = Way.NEAREST


@dataclass(frozen=True, slots=True)
class Book:
    """A buyer's rules with a seller, as they hold at `at`, those about single products apart (see `Goods`).

    `is_first_order`: nothing was ordered yet. `bands` are by currency.
    """

    at: datetime
    columns: tuple[Column, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    mode: Mode = Mode.LARGEST
    cap_percent: Decimal | None = None
    floor_kind_id: int | None = None
    floor_kind: str = ""
    bands: Mapping[str, tuple[Band, ...]] = field(default_factory=dict)
    status: str = ""
    status_since: datetime | None = None
    is_first_order: bool = False
    # What fits a group and brand, found once: see `deciding`.
    memo: dict[tuple[str, str, str], Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price that holds in a column, from `min_quantity` up. Zero is how an ERP says that there is none."""

    kind_id: int
    value: Decimal
    min_quantity: Decimal
    valid_from: datetime
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """A price agreed with the buyer for the product. `is_closed`: it is final, no discount and no rounding."""

    value: Decimal
    min_quantity: Decimal
    currency: str
    vat_included: bool
    is_closed: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Goods:
    """What is known of one product: where it lies, its prices by column, and the rules about it alone."""

    product_id: int
    path: str = ""
    brand: str = ""
    pack_quantity: Decimal = Decimal(1)
    prices: tuple[PriceRow, ...] = ()
    own_prices: tuple[OwnPrice, ...] = ()
    columns: tuple[Column, ...] = ()
    ladders: tuple[Ladder, ...] = ()

    @property
    def least(self) -> Decimal:
        """The least that can be ordered: what a price without a quantity is for."""
        return self.pack_quantity if self.pack_quantity > 0 else Decimal(1)


def ladders_of(rungs: list[Rung]) -> tuple[Ladder, ...]:
    """The rungs gathered into ladders, in an order of their own."""
    gathered: dict[tuple[Layer, Target, Audience, str], list[Rung]] = {}
    for rung in rungs:
        currency = rung.currency if rung.layer is Layer.ORDER_SUM else ""
        gathered.setdefault((rung.layer, rung.target, rung.audience, currency), []).append(rung)
    return tuple(
        Ladder(*key[:3], tuple(sorted(found, key=lambda rung: (rung.threshold, rung.id))), key[3])
        for key, found in gathered.items()
    )
