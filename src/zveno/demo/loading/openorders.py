"""Open orders: placed as rows, then decided by the house's own actions, so that promises and reservations are true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from zveno.base.numbering import next_number
from zveno.base.scope import entered, system_scope
from zveno.demo.loading.bulk import as_json, copy_rows
from zveno.demo.loading.exchange import fetch_orders
from zveno.demo.loading.orders import buyers
from zveno.demo.rules import openorders
from zveno.demo.rules.assortment import GOLDEN
from zveno.demo.rules.openorders import IN_WORK, PARTLY, Opened
from zveno.demo.rules.trade import vat_on
from zveno.demo.world import World
from zveno.orders.actions.decide_order import decide_order
from zveno.orders.models import OrderCounter
from zveno.orders.rules.lines import order_number
from zveno.orders.rules.search.texts import number_key
from zveno.partners.queries.parties import terms_on
from zveno.pricing.queries.quotes import price_lines
from zveno.pricing.rules.deciding import Quote
from zveno.stock.actions.ship_reservations import ship_reservations


def load(world: World) -> int:
    """Place and decide the open orders, let the ERP take over some; returns how many."""
    orders = openorders.opened(
        all_terms=world.terms,
        companies=world.companies,
        offered=world.offered,
        shelves=world.shelves,
        arrivals=world.arrivals,
        golden=GOLDEN,
        now=world.now,
        seed=world.seed,
    )
    first = len(world.history) + 1
    placed = [(at, order, _quotes(order)) for at, order in enumerate(orders, first)]
    copy_rows("orders.Order", _ORDER, _orders(world, placed))
    copy_rows("orders.OrderLine", _LINE, _lines(world, placed))
    copy_rows("orders.OrderEvent", _EVENT, _events(world, placed))
    _count_numbers(placed)
    with entered(system_scope()):
        for at, order, _ in placed:
            decide_order(order_id=at, now=order.placed_at + timedelta(seconds=20))
        taken = [(at, order) for at, order, _ in placed if order.goes in (IN_WORK, PARTLY)]
        for seller in sorted({order.terms.seller for _, order in taken}):
            own = [at for at, order in taken if order.terms.seller == seller]
            fetch_orders(seller, own, world.now - timedelta(minutes=3 * seller))
        for at, order in taken:
            _work_on(at, order)
    return len(orders)


_ORDER = (
    "id", "seller_id", "buyer_company_id", "buyer_entity_id", "number", "state", "source", "placed_by_id", "placed_at",
    "wished_on", "total", "line_count", "number_key",
)  # fmt: skip
_LINE = (
    "order_id", "seller_id", "buyer_entity_id", "position", "product_id", "code", "name", "unit", "quantity",
    "price", "discount_percent", "total", "vat_percent", "price_trace",
)  # fmt: skip
_EVENT = ("order_id", "seller_id", "buyer_entity_id", "at", "actor_name", "kind", "params")
Quotes = Sequence[Quote | None]
Placed = Sequence[tuple[int, Opened, Quotes]]


def _placer(world: World, order: Opened, at: int) -> int:
    placers = buyers(world)[order.terms.buyer]
    return placers[at % len(placers)]


def _orders(world: World, placed: Placed) -> Iterator[tuple[Any, ...]]:
    numbers = _numbers(world, placed)
    for at, order, quotes in placed:
        terms, number = order.terms, numbers[at]
        yield (
            at, terms.seller, terms.buyer, terms.entity, number, "placed", "portal", _placer(world, order, at),
            order.placed_at, order.wished_on, _total(quotes), len(order.lines), number_key(number),
        )  # fmt: skip


def _quotes(order: Opened) -> Quotes:
    """Priced as the house prices: with what was offered to everybody when the order was placed."""
    with entered(system_scope()):
        terms = terms_on(entity_id=order.terms.entity, seller_id=order.terms.seller, day=order.placed_at.date())
        lines = [(line.good.id, Decimal(line.quantity)) for line in order.lines]
        return price_lines(lines=lines, terms=terms, at=order.placed_at).quotes


def _total(quotes: Quotes) -> Decimal:
    return sum((quote.total for quote in quotes if quote is not None), Decimal(0))


def _numbers(world: World, placed: Placed) -> dict[int, str]:
    counted = {sale.terms.seller: sale.number for sale in world.history}
    found = {}
    for at, order, _ in placed:
        seller = order.terms.seller
        counted[seller] = counted.get(seller, 0) + 1
        found[at] = order_number(world.companies[seller - 1].code, counted[seller])
    return found


def _lines(world: World, placed: Placed) -> Iterator[tuple[Any, ...]]:
    vat = vat_on(world.today)
    for at, order, quotes in placed:
        for position, (line, quote) in enumerate(zip(order.lines, quotes, strict=True), 1):
            assert quote is not None
            good = line.good
            yield (
                at, order.terms.seller, order.terms.entity, position, good.id, good.code, good.name, good.family.unit,
                line.quantity, quote.price, quote.discount_percent, quote.total, vat, as_json(quote.trace),
            )  # fmt: skip


def _events(world: World, placed: Placed) -> Iterator[tuple[Any, ...]]:
    names = {person.id: person.name for person in world.people}
    for at, order, quotes in placed:
        told = {"lines": len(order.lines), "total": str(_total(quotes)), "currency": "RUB"}
        base = (at, order.terms.seller, order.terms.entity)
        yield (*base, order.placed_at, names[_placer(world, order, at)], "placed", as_json(told))


def _count_numbers(placed: Placed) -> None:
    for _, order, _ in placed:
        next_number(OrderCounter, "seller_id", order.terms.seller)


def _work_on(at: int, order: Opened) -> None:
    """What the accounting system does with an order it has: works on it, ships the first half of some."""
    taken_at = order.placed_at + timedelta(minutes=16)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orders_order SET state = %s, erp_number = 'ЦБ-' || lpad(id::text, 8, '0'), version = version + 1,"
            " number_key = number_key || ' ЦБ' || lpad(id::text, 8, '0')"
            " WHERE id = %s AND state = 'confirmed'",
            [IN_WORK, at],
        )
        if not cursor.rowcount:
            return
    _tell(at, order, taken_at, "erp_state", {"before": "confirmed", "after": IN_WORK})
    if order.goes == PARTLY:
        _ship_half(at, order)


def _ship_half(at: int, order: Opened) -> None:
    half = order.lines[: (len(order.lines) + 1) // 2]
    shipped_at = order.placed_at + timedelta(days=1)
    total = sum((line.total for line in half), Decimal(0))
    base = (order.terms.seller, order.terms.entity)
    number = f"РТУ-О{at:06d}"
    # The accounting system counted its shelves after the goods had left: they are in no count any more.
    ship_reservations(
        order_id=at,
        seller_id=order.terms.seller,
        shipped={line_id: Decimal(line.quantity) for line_id, line in zip(_line_ids(at), half, strict=False)},
        shipped_at=shipped_at,
        now=shipped_at,
        document=number,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_shipment (order_id, seller_id, buyer_entity_id, number, shipped_on, currency, total,"
            " recorded_at) VALUES (%s, %s, %s, %s, %s, 'RUB', %s, %s) RETURNING id",
            [at, *base, number, shipped_at.date(), total, shipped_at],
        )
        shipment = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE orders_orderline SET shipped_quantity = quantity WHERE order_id = %s AND position <= %s",
            [at, len(half)],
        )
        cursor.execute("UPDATE orders_order SET state = %s, version = version + 1 WHERE id = %s", [PARTLY, at])
    copy_rows(
        "orders.ShipmentLine",
        ("shipment_id", "seller_id", "buyer_entity_id", "product_id", "name", "quantity", "price", "total"),
        ((shipment, *base, x.good.id, x.good.name, x.quantity, x.price, x.total) for x in half),
    )
    _tell(at, order, shipped_at, "shipped", {"number": number, "total": str(total)})


def _line_ids(at: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM orders_orderline WHERE order_id = %s ORDER BY position", [at])
        return [row[0] for row in cursor.fetchall()]


def _tell(at: int, order: Opened, moment: Any, kind: str, params: dict[str, str]) -> None:
    row = (at, order.terms.seller, order.terms.entity, moment, "1С", kind, as_json(params))
    copy_rows("orders.OrderEvent", _EVENT, [row])
