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
from zveno.orders.queries.alternatives import Alternatives, Question, alternatives_for
from zveno.orders.rules.lines import Problem, line_problem, line_total, order_total, wished_date_problem
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.parties import seller_with
from zveno.pricing.queries.quotes import price_lines
from zveno.pricing.rules.deciding import Quote, decide_order
from zveno.pricing.rules.hints import Offer
from zveno.stock.queries.policies import supply_rules
from zveno.stock.queries.supply import ProductSupply, supply_of
from zveno.stock.rules.promise import promise
from zveno.stock.rules.values import LinePromise, Manner, Plan, Shipment, Wanted


@dataclass(frozen=True, slots=True)
class CartLineValue:
    """A line of the sheet. `price` and `total` are `None` without a price: then it is a request.

    `problem` stops placing; `promise` is what the line would be promised now, `None` beside a problem; `alternatives`
    say what would help where that is not enough. `wished_on` is the line's own day.
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
    wished_on: date | None
    problem: Problem | None
    promise: LinePromise | None
    alternatives: Alternatives | None = None


@dataclass(frozen=True, slots=True)
class CartPage:
    """A cart with everything beside it. `problems` are of the whole cart; with any of them it cannot be placed.

    `warehouses` are those to choose from; `shipments` what the promise comes to; `stale_since`: since when nothing was
    heard of the seller's figures, where that is too long.
    """

    seller_id: int
    seller_name: str
    placing_key: uuid.UUID
    wished_on: date | None
    in_parts: bool
    warehouse_id: int | None
    warehouses: tuple[tuple[int, str], ...]
    comment: str
    currency: str
    vat_included: bool
    lines: tuple[CartLineValue, ...]
    total: Decimal
    weight_g: int
    promised_on: date | None
    shipments: tuple[Shipment, ...]
    problems: tuple[Problem, ...]
    today: date
    stock_confirmed_at: datetime | None
    stale_since: datetime | None
    # What a larger sum would give, the nearest first.
    offers: tuple[Offer, ...] = ()
    # The change that the page follows (see `cart_page`) moved the price of another line too.
    moved_others: bool = False

    def place_of(self, warehouse_id: int) -> str:
        """The name of a warehouse that a shipment leaves from."""
        return dict(self.warehouses).get(warehouse_id, "")

    @property
    def can_be_placed(self) -> bool:
        return bool(self.lines) and not self.problems and not any(line.problem for line in self.lines)

    @property
    def is_covered(self) -> bool:
        """Whether it would confirm by itself."""
        return self.stale_since is None and all(
            line.promise and line.promise.is_full and line.promise.is_sure and line.price is not None
            for line in self.lines
        )


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


def cart_page(
    *, actor: Actor, seller_id: int, now: datetime, before: tuple[int, Decimal] | None = None
) -> CartPage | None:
    """The person's cart with the seller; `None` for a seller the current entity does not buy from.

    Eight SQL statements whatever the number of lines, four more where lines lack something. Nothing is written: without
    a cart an empty one is shown. `before`: a product and the quantity it had until now, to tell whether the change
    moved prices of other lines.
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
    rules = supply_rules(seller_id=seller_id, entity_id=terms.buyer_entity_id)
    served = rules.served if cart.warehouse_id is None else rules.served & {cart.warehouse_id}
    question = Question(
        seller_id=seller_id,
        entity_id=terms.buyer_entity_id,
        terms=terms,
        today=today,
        now=now,
        manner=Manner(in_parts=cart.in_parts, costs=rules.costs),
        warehouse_id=cart.warehouse_id,
    )
    supply = supply_of(product_ids=ids, sellers=[seller_id], today=today, entity_id=terms.buyer_entity_id)
    prices = price_lines(lines=[(line.product_id, line.quantity) for line in lines], terms=terms, at=now)
    quotes = {line.pk: quote for line, quote in zip(lines, prices.quotes, strict=True) if quote is not None}
    products = products_for_order(product_ids=ids, seller_id=seller_id)
    problems = {line.pk: _problem(line, products.get(line.product_id), cart, today) for line in lines}
    plan = _plan(cart, lines, products, problems, supply, question, served)
    alternatives = _alternatives(plan, cart, lines, products, supply, question)
    values = _values(lines, products, quotes, problems, plan, alternatives)
    wish = wished_date_problem(cart.wished_on, today=today)
    return CartPage(
        seller_id=seller_id,
        seller_name=seller.name,
        placing_key=cart.placing_key,
        wished_on=cart.wished_on,
        in_parts=cart.in_parts,
        warehouse_id=cart.warehouse_id,
        warehouses=tuple((key, rules.warehouses[key].name) for key in rules.served_by_name),
        comment=cart.comment,
        currency=next((quote.currency for quote in quotes.values()), terms.currency),
        vat_included=all(quote.vat_included for quote in quotes.values()),
        lines=values,
        total=order_total(line.total or Decimal(0) for line in values),
        weight_g=int(sum((line.weight_g or 0) * line.quantity for line in values)),
        promised_on=_promised_on(values),
        shipments=plan.shipments,
        problems=(wish,) if wish else (),
        today=today,
        stock_confirmed_at=min((s.confirmed_at for s in supply.values() if s.confirmed_at), default=None),
        offers=prices.ahead,
        moved_others=before is not None and _moved_others(lines, prices.quotes, *before),
        stale_since=rules.policy.heard_at if rules.policy.is_stale(now) else None,
    )


def _moved_others(
    lines: Sequence[CartLine], quotes: Sequence[Quote | None], product_id: int, quantity: Decimal
) -> bool:
    """Whether with the quantity of before another line would cost something else: a sum of the order was passed."""
    priced = [(line, quote) for line, quote in zip(lines, quotes, strict=True) if quote is not None]
    if not any(quote.decision.sums for _, quote in priced):
        return False
    book = priced[0][1].decision.book
    earlier = decide_order(
        book,
        [
            (quote.decision.goods, quantity if line.product_id == product_id else line.quantity)
            for line, quote in priced
        ],
    )
    return any(
        line.product_id != product_id and (old is None or old.price != quote.price)
        for (line, quote), old in zip(priced, earlier, strict=True)
    )


def _plan(
    cart: Cart,
    lines: Sequence[CartLine],
    products: dict[int, OrderableProduct],
    problems: dict[int, Problem | None],
    supply: dict[int, ProductSupply],
    question: Question,
    served: set[int],
) -> Plan:
    """What the cart would be promised now."""
    wanted = [
        Wanted(line.pk, line.product_id, line.quantity, _wish_of(cart, line), products[line.product_id].pack_quantity)
        for line in lines
        if problems[line.pk] is None
    ]
    supplies = [one for each in supply.values() for one in each.supplies if one.warehouse_id in served]
    return promise(wanted, supplies, today=question.today, manner=question.manner)


def _wish_of(cart: Cart, line: CartLine) -> date | None:
    """The day by which a line is wished; an order that leaves as a whole has one day."""
    return (line.wished_on if cart.in_parts else None) or cart.wished_on


def _alternatives(
    plan: Plan,
    cart: Cart,
    lines: Sequence[CartLine],
    products: dict[int, OrderableProduct],
    supply: dict[int, ProductSupply],
    question: Question,
) -> dict[int, Alternatives]:
    by_key = {line.pk: line for line in lines}
    short = [found for found in plan.lines if not found.is_full]
    lacking = [
        Wanted(
            key=found.key,
            product_id=found.product_id,
            quantity=found.uncovered,
            wished_on=_wish_of(cart, by_key[found.key]),
            pack=products[found.product_id].pack_quantity,
        )
        for found in short
    ]
    return alternatives_for(
        lacking=lacking,
        covered={found.key: found.covered for found in short},
        is_held=False,
        later_on={found.key: found.earliest_on for found in short},
        supply={found.product_id: supply[found.product_id] for found in short},
        question=question,
    )


def _values(
    lines: Sequence[CartLine],
    products: dict[int, OrderableProduct],
    quotes: dict[int, Quote],
    problems: dict[int, Problem | None],
    plan: Plan,
    alternatives: dict[int, Alternatives],
) -> tuple[CartLineValue, ...]:
    promises = {found.key: found for found in plan.lines}
    return tuple(
        _value(
            line,
            products.get(line.product_id),
            quotes.get(line.pk),
            problems[line.pk],
            promises.get(line.pk),
            alternatives.get(line.pk),
        )
        for line in lines
    )


def _problem(line: CartLine, product: OrderableProduct | None, cart: Cart, today: date) -> Problem | None:
    if product is None:
        return Problem("product_not_offered")
    late = wished_date_problem(line.wished_on if cart.in_parts else None, today=today)
    return late or line_problem(line.quantity, pack_quantity=product.pack_quantity, is_offered=product.is_offered)


def _value(
    line: CartLine,
    product: OrderableProduct | None,
    quote: Quote | None,
    problem: Problem | None,
    promised: LinePromise | None,
    alternatives: Alternatives | None,
) -> CartLineValue:
    return CartLineValue(
        product_id=line.product_id,
        position=line.position,
        code=product.code if product else "",
        name=product.name if product else "",
        unit=product.unit if product else "",
        pack_quantity=product.pack_quantity if product else Decimal(1),
        weight_g=product.weight_g if product else None,
        quantity=line.quantity,
        price=quote.price if quote else None,
        discount_percent=quote.discount_percent if quote else Decimal(0),
        total=line_total(quote.price, line.quantity, quote.currency) if quote else None,
        price_trace=quote.trace if quote else ({"code": "no_price"},),
        wished_on=line.wished_on,
        problem=problem,
        promise=promised,
        alternatives=alternatives,
    )


def _promised_on(lines: Sequence[CartLineValue]) -> date | None:
    promises = [line.promise for line in lines]
    if not lines or any(p is None or not p.is_full for p in promises):
        return None
    return max((p.promised_on for p in promises if p and p.promised_on), default=None)
