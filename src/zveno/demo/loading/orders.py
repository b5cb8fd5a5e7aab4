"""Rows of two years of orders: orders, lines, history, shipments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from zveno.demo.loading.bulk import Unchecked, as_json, copy_rows
from zveno.demo.loading.goods import midnight
from zveno.demo.loading.partners import began_on, managers
from zveno.demo.rules.trade import Line, Sale, deliveries, price_changed_on
from zveno.demo.world import World
from zveno.orders.rules.lines import order_number
from zveno.orders.rules.search.texts import number_key

_TABLES = (
    "orders.Order",
    "orders.OrderLine",
    "orders.OrderEvent",
    "orders.Shipment",
    "orders.ShipmentLine",
)


def load(world: World) -> int:
    """The past of every seller; returns how many order lines."""
    with Unchecked(*_TABLES):
        copy_rows("orders.Order", _ORDER, _orders(world))
        count = copy_rows("orders.OrderLine", _LINE, _lines(world))
        copy_rows("orders.OrderEvent", _EVENT, _events(world))
        _shipments(world)
    numbers: dict[int, int] = {}
    for sale in world.history:
        numbers[sale.terms.seller] = sale.number
    copy_rows("orders.OrderCounter", ("seller_id", "last_number"), numbers.items())
    return count


def number_of(world: World, sale: Sale) -> str:
    """The order's number as its seller counts."""
    return order_number(world.companies[sale.terms.seller - 1].code, sale.number)


def buyers(world: World) -> dict[int, list[int]]:
    """Company → ids of its people who place orders."""
    found: dict[int, list[int]] = {}
    for person in world.people:
        if person.role in ("head", "buyer"):
            found.setdefault(person.company, []).append(person.id)
    return found


def trace(line: Line, since: datetime) -> list[dict[str, str]]:
    """Why the line costs what it costs, as the quote tells it."""
    own = line.own
    steps = [{"code": "price_kind", "kind": own.kind.name, "value": str(own.base), "currency": "RUB",
              "since": since.isoformat()}]  # fmt: skip
    if own.percent:
        steps.append({"code": "discount", "layer": "contract", "percent": str(own.percent), "value": str(own.price)})
    return [*steps, {"code": "vat_included"}]


_ORDER = (
    "id", "seller_id", "buyer_company_id", "buyer_entity_id", "number", "erp_number", "state", "source", "placed_by_id",
    "placed_at", "confirmed_at", "wished_on", "promised_on", "total", "line_count", "number_key", "decided_at",
    "erp_author",
)  # fmt: skip


def _orders(world: World) -> Iterator[tuple[Any, ...]]:
    names = {person.id: person.name for person in world.people}
    placers, of_seller = buyers(world), managers(world)
    for sale in world.history:
        terms, number = sale.terms, number_of(world, sale)
        source = "erp" if sale.id % 9 == 0 else "portal" if sale.id % 7 else "api"
        placed_by = None if source == "erp" else placers[terms.buyer][sale.id % len(placers[terms.buyer])]
        erp_number = f"ЦБ-{sale.number:08d}"
        known = sale.state not in ("cancelled", "rejected")
        manager = names[of_seller[terms.seller][sale.id % len(of_seller[terms.seller])]]
        yield (
            sale.id, terms.seller, terms.buyer, terms.entity, number, erp_number if known else "", sale.state, source,
            placed_by, sale.placed_at, sale.confirmed_at if known else None, sale.wished_on,
            sale.wished_on if known else None, sale.total, len(sale.lines),
            number_key(number, erp_number if known else ""), sale.confirmed_at, manager if source == "erp" else "",
        )  # fmt: skip


_LINE = (
    "order_id", "seller_id", "buyer_entity_id", "position", "product_id", "code", "name", "unit", "quantity",
    "shipped_quantity", "price", "discount_percent", "total", "vat_percent", "price_trace",
)  # fmt: skip


def _lines(world: World) -> Iterator[tuple[Any, ...]]:
    first, changed = midnight(began_on(world)), price_changed_on(world.today)
    for sale in world.history:
        terms = sale.terms
        since = midnight(changed) if sale.placed_at.date() >= changed else first
        for position, line in enumerate(sale.lines, 1):
            good = line.good
            yield (
                sale.id, terms.seller, terms.entity, position, good.id, good.code, good.name, good.family.unit,
                line.quantity, line.shipped, line.price, line.own.percent, line.total, sale.vat,
                as_json(trace(line, since)),
            )  # fmt: skip


_EVENT = ("order_id", "seller_id", "buyer_entity_id", "at", "actor_name", "kind", "params")


def _events(world: World) -> Iterator[tuple[Any, ...]]:
    names = {person.id: person.name for person in world.people}
    placers, of_seller = buyers(world), managers(world)
    for sale in world.history:
        terms = sale.terms
        base = (sale.id, terms.seller, terms.entity)
        placer = names[placers[terms.buyer][sale.id % len(placers[terms.buyer])]]
        manager = names[of_seller[terms.seller][sale.id % len(of_seller[terms.seller])]]
        told = {"lines": len(sale.lines), "total": str(sale.total), "currency": "RUB"}
        if sale.id % 9 == 0:
            born = {"number": f"ЦБ-{sale.number:08d}", "author": manager}
            yield (*base, sale.placed_at, "1С", "erp_born", as_json(born))
        else:
            yield (*base, sale.placed_at, placer, "placed", as_json(told))
        if sale.state == "cancelled":
            yield (*base, sale.confirmed_at, placer, "cancelled", "{}")
            continue
        if sale.state == "rejected":
            words = {"words": "Снято с поставки, предложим замену"}
            yield (*base, sale.confirmed_at, manager, "rejected", as_json(words))
            continue
        promised = {"promised": sale.wished_on.isoformat()}
        if (sale.confirmed_at - sale.placed_at).total_seconds() < 300:
            yield (*base, sale.confirmed_at, "system", "confirmed", as_json(promised))
        else:
            how = {**promised, "how": "as_is", "uncovered": "0"}
            yield (*base, sale.confirmed_at, manager, "confirmed_by_manager", as_json(how))
        yield from _erp_events(base, sale)


def _erp_events(base: tuple[int, int, int], sale: Sale) -> Iterator[tuple[Any, ...]]:
    taken_at = sale.confirmed_at + timedelta(minutes=17)
    yield (*base, taken_at, "1С", "erp_state", as_json({"before": "confirmed", "after": "in_work"}))
    for at, delivery in enumerate(sale.deliveries):
        moment = _evening(delivery.shipped_on)
        number = f"РТУ-{sale.id:06d}-{at + 1}"
        yield (*base, moment, "1С", "shipped", as_json({"number": number, "total": str(delivery.total)}))
    if sale.state == "completed":
        moment = _evening(sale.deliveries[-1].shipped_on + timedelta(days=5)) if sale.deliveries else taken_at
        yield (*base, moment, "1С", "erp_state", as_json({"before": "shipped", "after": "completed"}))


def _evening(day: Any) -> datetime:
    return datetime.combine(day, time(14, 30), UTC)


def _shipments(world: World) -> None:
    copy_rows(
        "orders.Shipment",
        ("id", "order_id", "seller_id", "buyer_entity_id", "number", "shipped_on", "total", "recorded_at"),
        (
            (at, s.id, s.terms.seller, s.terms.entity, f"РТУ-{at:07d}", d.shipped_on, d.total, _evening(d.shipped_on))
            for at, s, d in deliveries(world.history)
        ),
    )
    copy_rows(
        "orders.ShipmentLine",
        ("shipment_id", "seller_id", "buyer_entity_id", "product_id", "name", "quantity", "price", "total"),
        (
            (at, s.terms.seller, s.terms.entity, s.lines[i].good.id, s.lines[i].good.name, quantity,
             s.lines[i].price, total)
            for at, s, d in deliveries(world.history)
            for i, quantity, total in d.parts
        ),
    )  # fmt: skip
