"""The cart as its sheet shows it: lines with price, sum, problem and the promise they would get now."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count

from zveno.base.scope import current
from zveno.catalog.queries.orderable import OrderableProduct, products_for_order
from zveno.orders.models import Cart, CartLine
from zveno.orders.rules.lines import Problem, line_problem, line_total, order_total, wished_date_problem
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.parties import buyer_with, seller_with
from zveno.pricing.queries.quotes import quotes_for
from zveno.pricing.rules.quote import Quote
from zveno.stock.queries.supply import ProductSupply, supply_of
from zveno.stock.rules.promise import LinePromise, Wanted, promise


@dataclass(frozen=True, slots=True)
class CartLineValue:
    """A line of the sheet. `price` and `total` are `None` without a price: then it is a request.

    `problem` stops placing; `promise` is what the line would be promised now, `None` beside a problem.
    """

    product_id: int
    position: int
    code: str
    name: str
    unit: str
    pack_quantity: Decimal
    weight_g: int | None
    quantity: Decimal
    price: Decimal | None
    discount_percent: Decimal
    total: Decimal | None
    price_trace: tuple[dict[str, object], ...]
    free_now: Decimal
    problem: Problem | None
    promise: LinePromise | None


@dataclass(frozen=True, slots=True)
class CartPage:
    """A cart with everything beside it. `problems` are of the whole cart; with any of them it cannot be placed."""

    seller_id: int
    seller_name: str
    placing_key: uuid.UUID
    wished_on: date | None
    comment: str
    currency: str
    vat_included: bool
    lines: tuple[CartLineValue, ...]
    total: Decimal
    weight_g: int
    promised_on: date | None
    problems: tuple[Problem, ...]
    today: date
    stock_confirmed_at: datetime | None

    @property
    def can_be_placed(self) -> bool:
        return bool(self.lines) and not self.problems and not any(line.problem for line in self.lines)

    @property
    def is_covered(self) -> bool:
        """Whether it would confirm by itself."""
        return all(line.promise and line.promise.is_full and line.price is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class CartBrief:
    """A cart in the shell: with whom, how many lines."""

    seller_id: int
    line_count: int


def carts_of(*, actor: Actor) -> tuple[CartBrief, ...]:
    """The person's carts for the current entity that hold anything. One SQL statement."""
    carts = Cart.objects.visible_to(current()).filter(user_id=actor.user_id, buyer_entity_id=actor.entity_id)
    counted = carts.annotate(line_count=Count("lines")).filter(line_count__gt=0).order_by("seller_id")
    return tuple(CartBrief(cart.seller_id, cart.line_count) for cart in counted)


def cart_page(*, actor: Actor, seller_id: int, now: datetime) -> CartPage | None:
    """The person's cart with the seller; `None` for a seller the current entity does not buy from.

    Eight SQL statements whatever the number of lines. Nothing is written: without a cart an empty one is shown.
    """
    terms = actor.terms_with(seller_id)
    seller = seller_with(seller_id=seller_id)
    if terms is None or seller is None:
        return None
    cart = (
        Cart.objects.visible_to(current())
        .filter(user_id=actor.user_id, buyer_entity_id=terms.buyer_entity_id, seller_id=seller_id)
        .first()
    ) or Cart(seller_id=seller_id, placing_key=uuid.uuid4())
    lines = list(
        CartLine.objects.visible_to(current()).filter(cart_id=cart.pk).order_by("position", "id") if cart.pk else ()
    )
    ids = [line.product_id for line in lines]
    today = seller.today(now)
    buyer = buyer_with(entity_id=terms.buyer_entity_id) if lines else None
    region_id = buyer.region_id if buyer else None
    supply = supply_of(product_ids=ids, sellers=[seller_id], today=today, region_id=region_id)
    quotes = quotes_for(product_ids=ids, terms=terms, at=now)
    values = _values(cart, lines, products_for_order(product_ids=ids, seller_id=seller_id), quotes, supply, today)
    wish = wished_date_problem(cart.wished_on, today=today)
    return CartPage(
        seller_id=seller_id,
        seller_name=seller.name,
        placing_key=cart.placing_key,
        wished_on=cart.wished_on,
        comment=cart.comment,
        currency=next((quote.currency for quote in quotes.values()), terms.currency),
        vat_included=all(quote.vat_included for quote in quotes.values()),
        lines=values,
        total=order_total(line.total or Decimal(0) for line in values),
        weight_g=int(sum((line.weight_g or 0) * line.quantity for line in values)),
        promised_on=_promised_on(values),
        problems=(wish,) if wish else (),
        today=today,
        stock_confirmed_at=min((s.confirmed_at for s in supply.values() if s.confirmed_at), default=None),
    )


def _values(
    cart: Cart,
    lines: Sequence[CartLine],
    products: dict[int, OrderableProduct],
    quotes: dict[int, Quote],
    supply: dict[int, ProductSupply],
    today: date,
) -> tuple[CartLineValue, ...]:
    problems = {line.pk: _problem(line, products.get(line.product_id)) for line in lines}
    wanted = [
        Wanted(key=line.pk, product_id=line.product_id, quantity=line.quantity, wished_on=cart.wished_on)
        for line in lines
        if problems[line.pk] is None
    ]
    promises = {p.key: p for p in promise(wanted, (s for p in supply.values() for s in p.supplies), today=today)}
    return tuple(
        _value(
            line,
            products.get(line.product_id),
            quotes.get(line.product_id),
            supply[line.product_id].free_now,
            problems[line.pk],
            promises.get(line.pk),
        )
        for line in lines
    )


def _problem(line: CartLine, product: OrderableProduct | None) -> Problem | None:
    if product is None:
        return Problem("product_not_offered")
    return line_problem(line.quantity, pack_quantity=product.pack_quantity, is_offered=product.is_offered)


def _value(
    line: CartLine,
    product: OrderableProduct | None,
    quote: Quote | None,
    free_now: Decimal,
    problem: Problem | None,
    promised: LinePromise | None,
) -> CartLineValue:
    reached = quote.for_quantity(line.quantity) if quote else None
    return CartLineValue(
        product_id=line.product_id,
        position=line.position,
        code=product.code if product else "",
        name=product.name if product else "",
        unit=product.unit if product else "",
        pack_quantity=product.pack_quantity if product else Decimal(1),
        weight_g=product.weight_g if product else None,
        quantity=line.quantity,
        price=reached.price if reached else None,
        discount_percent=reached.discount_percent if reached else Decimal(0),
        total=line_total(reached.price, line.quantity, reached.currency) if reached else None,
        price_trace=reached.trace if reached else ({"code": "no_price"},),
        free_now=free_now,
        problem=problem,
        promise=promised,
    )


def _promised_on(lines: Sequence[CartLineValue]) -> date | None:
    promises = [line.promise for line in lines]
    if not lines or any(p is None or not p.is_full for p in promises):
        return None
    return max((p.promised_on for p in promises if p and p.promised_on), default=None)
