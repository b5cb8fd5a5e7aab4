"""Writing a new order with its lines, history and announcement: the last step of every way of placing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.base.audit import record
from zveno.base.events import publish
from zveno.base.numbering import next_number
from zveno.base.scope import current
from zveno.catalog.queries.orderable import OrderableProduct, products_for_order
from zveno.delivery.actions.take_delivery import DeliveryWish, take_delivery
from zveno.orders.actions.credit import check_credit
from zveno.orders.actions.history import tell
from zveno.orders.actions.keep_words import keep_words
from zveno.orders.errors import (
    LineProblem,
    LinesNotOrderable,
    NothingToOrder,
    SellerNotFound,
    SeveralCurrencies,
    TooManyLines,
    WarehouseNotServed,
    fault_of,
)
from zveno.orders.events import OrderPlaced
from zveno.orders.models import Order, OrderCounter, OrderLine
from zveno.orders.rules.lines import (
    MOST_LINES,
    Problem,
    line_problem,
    line_total,
    order_number,
    order_total,
    wished_date_problem,
)
from zveno.orders.rules.search.texts import number_key
from zveno.orders.rules.states import OrderState
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.partners.queries.actors import Actor, TermsValue
from zveno.partners.queries.parties import SellerValue, seller_with
from zveno.pricing.actions.claim_first_order import claim_first_order
from zveno.pricing.queries.quotes import OrderPrices, price_lines
from zveno.pricing.rules.deciding import Quote
from zveno.stock.queries.policies import supply_rules


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """An order as its placing leaves it. `is_repeat`: it had been placed before under the same key."""

    id: int
    number: str
    state: OrderState
    is_repeat: bool


def write_order(
    *,
    actor: Actor,
    terms: TermsValue,
    lines: Sequence[OrderedLine],
    wishes: Wishes,
    comment: str,
    source: str,
    key: str,
    content_digest: str,
    now: datetime,
    delivery: DeliveryWish | None = None,
) -> PlacedOrder:
    """Check the lines, price them by the terms, write the order and publish OrderPlaced. It waits for its promise.

    The number of SQL statements does not depend on that of the lines.
    `delivery`: how a program wants it brought; without, as the person's cart says. Raises NothingToOrder, TooManyLines,
    LinesNotOrderable, SeveralCurrencies, the wished date's faults, AddressNotFound, PickUnknown, CreditBlocked.
    """
    seller = seller_with(seller_id=terms.seller_id)
    if seller is None:
        raise SellerNotFound()
    for wished_on in {wishes.wished_on, *(line.wished_on for line in lines)}:
        _check_wish(wished_on, seller, now)
    _check_warehouse(wishes.warehouse_id, terms)
    products = _checked_products(lines, terms.seller_id)
    quotes = _prices(lines, terms, now).quotes
    order = _order(actor, terms, seller, quotes)
    order.wished_on, order.in_parts, order.warehouse_id = wishes.wished_on, wishes.in_parts, wishes.warehouse_id
    order.comment, order.source = comment.strip()[:1000], source
    order.idempotency_key, order.content_digest, order.placed_at = key, content_digest, now
    rows = [
        line_of_product(order, at, products[line.product_id], line.quantity, quote)
        for at, (line, quote) in enumerate(zip(lines, quotes, strict=True), 1)
    ]
    for row, line in zip(rows, lines, strict=True):
        row.wished_on = line.wished_on
    order.total = order_total(row.total for row in rows)
    order.line_count = len(rows)
    order.number = order_number(seller.code, next_number(OrderCounter, "seller_id", seller.id))
    # Whoever orders from this seller at the same time has waited for the number: their order counts.
    check_credit(order, day=seller.today(now))
    order.number_key = number_key(order.number)
    order.save(force_insert=True)
    for row in rows:
        row.order_id = order.pk
    OrderLine.objects.bulk_create(rows)
    keep_words(order, rows, is_new=True)
    # A program that says nothing of delivery gets it as usual, when the order is planned.
    if source == "portal" or delivery is not None:
        take_delivery(
            order_id=order.pk,
            seller_id=seller.id,
            company_id=actor.company_id,
            entity_id=terms.buyer_entity_id,
            user_id=actor.user_id,
            currency=order.currency,
            wish=delivery,
        )
    _announce(order, actor, now)
    return PlacedOrder(order.pk, order.number, OrderState.PLACED, is_repeat=False)


def _check_wish(wished_on: date | None, seller: SellerValue, now: datetime) -> None:
    problem = wished_date_problem(wished_on, today=seller.today(now))
    if problem:
        raise fault_of(problem.code, place="wished_on", **problem.params)


def _checked_products(lines: Sequence[OrderedLine], seller_id: int) -> dict[int, OrderableProduct]:
    if not lines:
        raise NothingToOrder()
    if len(lines) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    products = products_for_order(product_ids={line.product_id for line in lines}, seller_id=seller_id)
    problems = []
    for index, line in enumerate(lines):
        product = products.get(line.product_id)
        problem = (
            line_problem(line.quantity, pack_quantity=product.pack_quantity, is_offered=product.is_offered)
            if product
            else Problem("product_not_offered")
        )
        if problem:
            code, name = (product.code, product.name) if product else ("", str(line.product_id))
            problems.append(LineProblem(index, line.product_id, code, name, problem))
    if problems:
        raise LinesNotOrderable(problems)
    return products


def _prices(lines: Sequence[OrderedLine], terms: TermsValue, now: datetime) -> OrderPrices:
    """The prices of the lines; an order that may be the first claims to be, and is priced anew where it is not."""
    wanted = [(line.product_id, line.quantity) for line in lines]
    prices = price_lines(lines=wanted, terms=terms, at=now)
    claim = {"seller_id": terms.seller_id, "buyer_entity_id": terms.buyer_entity_id}
    if prices.is_first_order and not claim_first_order(**claim, now=now):
        return price_lines(lines=wanted, terms=terms, at=now)
    return prices


def _order(actor: Actor, terms: TermsValue, seller: SellerValue, quotes: Sequence[Quote | None]) -> Order:
    told = [quote for quote in quotes if quote is not None]
    currencies = {quote.currency for quote in told}
    if len(currencies) > 1:
        raise SeveralCurrencies(currencies=", ".join(sorted(currencies)))
    return Order(
        seller_id=seller.id,
        buyer_company_id=actor.company_id,
        buyer_entity_id=terms.buyer_entity_id,
        placed_by_id=actor.user_id,
        currency=next(iter(currencies), terms.currency),
        vat_included=all(quote.vat_included for quote in told),
    )


def line_of_product(
    order: Order, position: int, product: OrderableProduct, quantity: Decimal, quote: Quote | None
) -> OrderLine:
    """A new line of the order, priced by its quote; without one it is a request: the seller names the price."""
    return OrderLine(
        seller_id=order.seller_id,
        buyer_entity_id=order.buyer_entity_id,
        position=position,
        product_id=product.id,
        code=product.code,
        name=product.name,
        unit=product.unit,
        quantity=quantity,
        price=quote.price if quote else Decimal(0),
        discount_percent=quote.discount_percent if quote else Decimal(0),
        total=line_total(quote.price, quantity, order.currency) if quote else Decimal(0),
        vat_percent=product.vat_percent,
        price_trace=list(quote.trace) if quote else [{"code": "no_price"}],
    )


def _check_warehouse(warehouse_id: int | None, terms: TermsValue) -> None:
    """A warehouse that is named must serve the buyer. One SQL statement if one is named."""
    if warehouse_id is None:
        return
    if warehouse_id not in supply_rules(seller_id=terms.seller_id, entity_id=terms.buyer_entity_id).served:
        raise WarehouseNotServed(place="warehouse")


def _announce(order: Order, actor: Actor, now: datetime) -> None:
    tell(order, "placed", now=now, lines=order.line_count, total=str(order.total), currency=order.currency)
    record(
        action="order_placed",
        subject=order,
        now=now,
        company_id=actor.company_id,
        seller_id=order.seller_id,
        number=order.number,
        on_behalf=bool(current().on_behalf_of),
    )
    publish(
        OrderPlaced(
            order_id=order.pk,
            seller_id=order.seller_id,
            buyer_entity_id=order.buyer_entity_id,
            version=order.version,
        )
    )
