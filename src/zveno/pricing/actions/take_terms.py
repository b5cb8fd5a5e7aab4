"""Prices and terms told in many rows by an accounting system, a sheet or a pasted block, each row answered for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from zveno.base.tx import in_transaction
from zveno.kit.errors import Fault
from zveno.pricing.actions.assign_kinds import ColumnTold, assign_kinds
from zveno.pricing.actions.checks import About, Whose
from zveno.pricing.actions.set_agreed_prices import AgreedTold, set_agreed_prices
from zveno.pricing.actions.set_discounts import DiscountTold, set_discounts
from zveno.pricing.actions.set_prices import set_prices
from zveno.pricing.actions.take_prices import PriceTold
from zveno.pricing.actions.timeline import Counts
from zveno.pricing.errors import BuyerUnknown, GoodsUnknown, PriceKindUnknown, ToldTwice, TooManyRows
from zveno.pricing.queries.naming import Meant, Named, names_for
from zveno.pricing.rules.facts import Layer

MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class TermRow:
    """A row: what it names, from when (None: now), by which contract. Subclasses say what of it is set."""

    named: Named = field(default_factory=Named)
    day: date | None = None
    contract_number: str = ""


@dataclass(frozen=True, slots=True)
class PriceTerm(TermRow):
    """A price of a product in a column; nought takes it out."""

    value: Decimal = Decimal(0)
    min_quantity: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ColumnTerm(TermRow):
    """A column given to a client, a status or everybody."""

    rank: int = 1


@dataclass(frozen=True, slots=True)
class DiscountTerm(TermRow):
    """A discount of a client, a status or everybody."""

    layer: Layer = Layer.CONTRACT
    percent: Decimal = Decimal(0)
    threshold: Decimal = Decimal(0)
    currency: str = ""


@dataclass(frozen=True, slots=True)
class AgreedTerm(TermRow):
    """A price agreed with a client."""

    value: Decimal = Decimal(0)
    min_quantity: Decimal = Decimal(0)
    currency: str = "RUB"
    vat_included: bool = True
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: `created`, `changed`, `unchanged`, or `refused` with the fault."""

    what: str
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row ready to be set: with which others in one deed, about what, and the deed."""

    place: int
    together: tuple[Any, ...]
    about: tuple[Any, ...]
    told: Any


@in_transaction
def take_terms(
    *, seller_id: int, rows: Sequence[TermRow], now: datetime, whole: bool = False, entity_id: int | None = None
) -> list[Outcome]:
    """Set what the rows tell, each that can be set; the outcome of each in its order.

    With `whole`, nothing is set unless every row can be. With `entity_id`, rows that name nobody are that client's.
    Raises TooManyRows.
    """
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    outcomes: list[Outcome | None] = [None] * len(rows)
    ready = _ready(seller_id, rows, now, entity_id, outcomes)
    with transaction.atomic():
        for together in dict.fromkeys(row.together for row in ready):
            _set_together([row for row in ready if row.together == together], now, outcomes)
        if whole and any(outcome is None or outcome.fault for outcome in outcomes):
            transaction.set_rollback(True)
    return [outcome or Outcome("unchanged") for outcome in outcomes]


def _ready(
    seller_id: int, rows: Sequence[TermRow], now: datetime, entity_id: int | None, outcomes: list[Outcome | None]
) -> list[_Row]:
    names = names_for(seller_id=seller_id, rows=(row.named for row in rows), now=now)
    ready: dict[tuple[Any, ...], _Row] = {}
    for place, row in enumerate(rows):
        try:
            one = _row(place, row, names.meant(row.named), seller_id, entity_id)
        except Fault as fault:
            outcomes[place] = Outcome("refused", fault)
            continue
        if (before := ready.get((one.together, one.about))) is not None:
            outcomes[before.place] = Outcome("refused", ToldTwice(row=place + 1))
        ready[one.together, one.about] = one
    return list(ready.values())


def _row(place: int, row: TermRow, meant: Meant, seller_id: int, entity_id: int | None) -> _Row:
    nobody = meant.entity_id is None and meant.standing_id is None
    whose = Whose(seller_id, entity_id if nobody else meant.entity_id, meant.standing_id)
    about = About(meant.product_id, meant.category_id, meant.brand)
    together = (type(row), whose, row.day)
    match row:
        case PriceTerm():
            told = PriceTold(_kind(meant), _product(meant), row.value, row.min_quantity)
            return _Row(place, (PriceTerm, Whose(seller_id), row.day), (told.price_kind_id, told.product_id,
                        told.min_quantity), told)  # fmt: skip
        case ColumnTerm():
            column = ColumnTold(_kind(meant), row.rank, about, row.contract_number)
            return _Row(place, together, (about, row.rank), column)
        case DiscountTerm():
            discount = DiscountTold(row.layer, row.percent, about, row.threshold, row.currency, row.contract_number)
            return _Row(place, together, (about, row.layer, row.threshold, row.currency), discount)
        case AgreedTerm():
            if whose.buyer_entity_id is None:
                raise BuyerUnknown(field="entity")
            agreed = AgreedTold(
                _product(meant), row.value, row.min_quantity, row.currency, row.vat_included, row.is_closed,
                row.contract_number,
            )  # fmt: skip
            return _Row(place, together, (agreed.product_id, row.min_quantity), agreed)
    raise TypeError(type(row).__name__)


def _kind(meant: Meant) -> int:
    if meant.price_kind is None:
        raise PriceKindUnknown(field="price_kind")
    return meant.price_kind.id


def _product(meant: Meant) -> int:
    if meant.product_id is None:
        raise GoodsUnknown(field="product", what="—")
    return meant.product_id


def _set_together(rows: list[_Row], now: datetime, outcomes: list[Outcome | None]) -> None:
    """All in one deed; where one of them cannot be set, one by one."""
    try:
        with transaction.atomic():
            counts = _set(rows, now)
        for row, what in zip(rows, counts.outcomes, strict=True):
            outcomes[row.place] = Outcome(what)
    except Fault as fault:
        if len(rows) == 1:
            outcomes[rows[0].place] = Outcome("refused", fault)
            return
        half = len(rows) // 2
        _set_together(rows[:half], now, outcomes)
        _set_together(rows[half:], now, outcomes)


def _set(rows: list[_Row], now: datetime) -> Counts:
    kind, whose, day = rows[0].together
    told = [row.told for row in rows]
    deeds: dict[type, Callable[[], Counts]] = {
        PriceTerm: lambda: set_prices(seller_id=whose.seller_id, rows=told, day=day, now=now),
        ColumnTerm: lambda: assign_kinds(whose=whose, rows=told, day=day, now=now),
        DiscountTerm: lambda: set_discounts(whose=whose, rows=told, day=day, now=now),
        AgreedTerm: lambda: set_agreed_prices(
            seller_id=whose.seller_id, buyer_entity_id=whose.buyer_entity_id, rows=told, day=day, now=now
        ),
    }
    return deeds[kind]()
