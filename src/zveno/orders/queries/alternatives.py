"""What could be done about what lines lack: later, in parts, from elsewhere, or something else instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from zveno.catalog.queries.relations import RelatedProduct, related_products
from zveno.catalog.rules.relations import INSTEAD, RelationKind
from zveno.kit.quantity import plain, up_to_multiple
from zveno.partners.queries.actors import TermsValue
from zveno.pricing.queries.quotes import quotes_for
from zveno.pricing.rules.deciding import Quote
from zveno.stock.queries.supply import ProductSupply, supply_of
from zveno.stock.rules.promise import promise
from zveno.stock.rules.values import Manner, Supply, Wanted

_MOST_INSTEAD = 3


@dataclass(frozen=True, slots=True)
class Instead:
    """A product that is there in time, in whole packs, at the buyer's price (`None`: on request)."""

    product_id: int
    code: str
    name: str
    unit: str
    kind: RelationKind
    quantity: Decimal
    price: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What would help a line. `later_on`: all of it by that day. `in_parts`, `elsewhere`: in time, if it may leave in
    parts, or from any warehouse (named). `covered` is there in time as things are.
    """

    covered: Decimal
    later_on: date | None
    in_parts: bool
    elsewhere: tuple[str, ...]
    instead: tuple[Instead, ...]

    def __bool__(self) -> bool:
        return bool(self.later_on or self.in_parts or self.elsewhere or self.instead)


@dataclass(frozen=True, slots=True)
class Question:
    """By what the alternatives are sought: the deal, the day, how the order may be served now."""

    seller_id: int
    entity_id: int
    terms: TermsValue | None
    today: date
    now: datetime
    manner: Manner
    warehouse_id: int | None = None


def alternatives_for(
    *,
    lacking: Sequence[Wanted],
    covered: Mapping[int, Decimal],
    is_held: bool,
    later_on: Mapping[int, date | None],
    supply: Mapping[int, ProductSupply],
    question: Question,
) -> dict[int, Alternatives]:
    """What would help each line (`Wanted` of what it lacks), by its key. Four SQL statements, none where nothing lacks.

    `supply` is that of the lacking products; it is weighed as it is now. `is_held`: what is `covered` is held already,
    and so not in it.
    """
    if not lacking:
        return {}
    every = [one for each in supply.values() for one in each.supplies]
    whole = lacking if is_held else [_with(line, covered.get(line.key, Decimal(0))) for line in lacking]
    parts = _in_time(whole, every, question, in_parts=True) if not question.manner.in_parts else {}
    anywhere = _in_time(whole, every, question) if question.warehouse_id is not None else {}
    instead = _instead(lacking, question)
    return {
        line.key: Alternatives(
            covered=covered.get(line.key, Decimal(0)),
            later_on=later_on.get(line.key),
            in_parts=line.key in parts,
            elsewhere=anywhere.get(line.key, ()),
            instead=instead.get(line.key, ()),
        )
        for line in lacking
    }


def _with(line: Wanted, more: Decimal) -> Wanted:
    return replace(line, quantity=line.quantity + more)


def _in_time(
    lacking: Sequence[Wanted], supplies: Sequence[Supply], question: Question, *, in_parts: bool | None = None
) -> dict[int, tuple[str, ...]]:
    """The lines that supply of any warehouse would cover in time, and from which."""
    manner = question.manner if in_parts is None else replace(question.manner, in_parts=in_parts)
    plan = promise(lacking, supplies, today=question.today, manner=manner)
    return {line.key: tuple(dict.fromkeys(pin.warehouse for pin in line.pins)) for line in plan.lines if line.is_full}


def _instead(lacking: Sequence[Wanted], question: Question) -> dict[int, tuple[Instead, ...]]:
    related = related_products(
        product_ids={line.product_id for line in lacking}, seller_id=question.seller_id, kinds=INSTEAD
    )
    ids = {one.product.id for others in related.values() for one in others}
    if not ids:
        return {}
    supply = supply_of(
        product_ids=ids, sellers=[question.seller_id], today=question.today, entity_id=question.entity_id
    )
    quotes = quotes_for(product_ids=ids, terms=question.terms, at=question.now)
    found = {}
    for line in lacking:
        others = (_offer(line, one, supply, quotes, question) for one in related.get(line.product_id, ()))
        found[line.key] = tuple(other for other in others if other)[:_MOST_INSTEAD]
    return found


def _offer(
    line: Wanted,
    related: RelatedProduct,
    supply: Mapping[int, ProductSupply],
    quotes: Mapping[int, Quote],
    question: Question,
) -> Instead | None:
    product = related.product
    quantity = plain(up_to_multiple(line.quantity, product.pack_quantity))
    wanted = Wanted(line.key, product.id, quantity, line.wished_on, product.pack_quantity)
    here = [
        one for one in supply[product.id].supplies if question.warehouse_id in (None, one.warehouse_id) and one.is_sure
    ]
    if not promise([wanted], here, today=question.today, manner=question.manner).is_full:
        return None
    quote = quotes.get(product.id)
    reached = quote.for_quantity(quantity) if quote else None
    return Instead(
        product_id=product.id,
        code=product.code,
        name=product.name,
        unit=product.unit,
        kind=related.kind,
        quantity=quantity,
        price=reached.price if reached else None,
        currency=reached.currency if reached else "",
    )
