"""What lines would come to if they were ordered now: price, promise, and what stops them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.catalog.queries.orderable import OrderableProduct, products_for_order
from zveno.orders.queries.asked_promise import promise_asked
from zveno.orders.rules.lines import Problem, line_problem, order_total, wished_date_problem
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.partners.queries.actors import TermsValue
from zveno.partners.queries.parties import seller_with
from zveno.pricing.queries.quotes import price_lines
from zveno.pricing.rules.deciding import Quote
from zveno.stock.rules.values import LinePromise


@dataclass(frozen=True, slots=True)
class WantedLine:
    """A product and how much of it; `position` tells lines apart."""

    position: int
    product_id: int
    quantity: Decimal
    wished_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """A line as it would be ordered now. Without a price (`None`) it is a request; `problem` stops it."""

    position: int
    product_id: int
    code: str
    name: str
    unit: str
    pack_quantity: Decimal
    quantity: Decimal
    price: Decimal | None
    discount_percent: Decimal
    total: Decimal
    price_trace: tuple[dict[str, object], ...]
    problem: Problem | None
    promise: LinePromise | None

    @property
    def promised_on(self) -> date | None:
        """When all of it is there; `None` where that is not so."""
        return self.promise.promised_on if self.promise and self.promise.is_full else None

    @property
    def uncovered(self) -> Decimal:
        return self.promise.uncovered if self.promise else self.quantity


@dataclass(frozen=True, slots=True)
class Offer:
    """All lines in their order, and what they come to. `problems` are of the whole order."""

    lines: tuple[OfferedLine, ...]
    total: Decimal
    currency: str
    currencies: tuple[str, ...]
    vat_included: bool
    promised_on: date | None
    problems: tuple[Problem, ...]

    def line(self, position: int) -> OfferedLine | None:
        return next((line for line in self.lines if line.position == position), None)


def offer_now(*, terms: TermsValue, lines: Sequence[WantedLine], wishes: Wishes, now: datetime) -> Offer | None:
    """The lines by the terms, as of `now`; `None` for a seller that the scope does not know.

    Five SQL statements whatever the number of lines.
    """
    seller = seller_with(seller_id=terms.seller_id)
    if seller is None:
        return None
    ids, today = [line.product_id for line in lines], seller.today(now)
    products = products_for_order(product_ids=ids, seller_id=seller.id)
    ordered = [(line.product_id, line.quantity) for line in lines]
    prices = price_lines(lines=ordered, terms=terms, at=now)
    quotes = {line.position: quote for line, quote in zip(lines, prices.quotes, strict=True) if quote is not None}
    problems = {line.position: _problem(line, products.get(line.product_id)) for line in lines}
    good = [line for line in lines if problems[line.position] is None]
    plan = promise_asked(
        seller_id=seller.id,
        entity_id=terms.buyer_entity_id,
        lines=[OrderedLine(line.product_id, line.quantity, line.wished_on) for line in good],
        wishes=wishes,
        today=today,
    )
    promises = {good[promised.key].position: promised for promised in plan.lines}
    offered = tuple(
        _offered(
            line,
            products.get(line.product_id),
            quotes.get(line.position),
            problems[line.position],
            promises.get(line.position),
        )
        for line in lines
    )
    currencies = sorted({quote.currency for quote in quotes.values()})
    wish = wished_date_problem(wishes.wished_on, today=today)
    return Offer(
        lines=offered,
        total=order_total(line.total for line in offered),
        currency=next(iter(currencies), terms.currency),
        currencies=tuple(currencies),
        vat_included=all(quote.vat_included for quote in quotes.values()),
        promised_on=_promised_on(offered),
        problems=(wish,) if wish else (),
    )


def _problem(line: WantedLine, product: OrderableProduct | None) -> Problem | None:
    if product is None:
        return Problem("product_not_offered")
    return line_problem(line.quantity, pack_quantity=product.pack_quantity, is_offered=product.is_offered)


def _offered(
    line: WantedLine,
    product: OrderableProduct | None,
    quote: Quote | None,
    problem: Problem | None,
    promised: LinePromise | None,
) -> OfferedLine:
    return OfferedLine(
        position=line.position,
        product_id=line.product_id,
        code=product.code if product else "",
        name=product.name if product else "",
        unit=product.unit if product else "",
        pack_quantity=product.pack_quantity if product else Decimal(1),
        quantity=line.quantity,
        price=quote.price if quote else None,
        discount_percent=quote.discount_percent if quote else Decimal(0),
        total=quote.total if quote else Decimal(0),
        price_trace=quote.trace if quote else ({"code": "no_price"},),
        problem=problem,
        promise=promised,
    )


def _promised_on(lines: Sequence[OfferedLine]) -> date | None:
    days = [line.promised_on for line in lines]
    return None if not days or any(day is None for day in days) else max(day for day in days if day)
