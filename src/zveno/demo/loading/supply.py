"""Rows of stock: how sellers promise, warehouses and to whom they are open, what lies and comes, and its ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from zveno.demo.loading.bulk import copy_rows
from zveno.demo.loading.goods import confirmed_at, midnight
from zveno.demo.loading.partners import began_on
from zveno.demo.rules.parties import DISTRIBUTORS
from zveno.demo.rules.relations import relations
from zveno.demo.rules.supply import HOUSES
from zveno.demo.rules.trade import deliveries
from zveno.demo.world import World

# How far back the single movements of shelves go, and when arrivals were announced.
_LEDGER_DAYS, _ANNOUNCED_DAYS = 45, 30
# Of every seller one shelf lies otherwise than its accounting system counted: something to mend.
_MISCOUNTED = 3


def load(world: World) -> None:
    """All supply of every seller; counters agree with the ledger."""
    _policies(world)
    _warehouses(world)
    _relations(world)
    _figures(world)
    copy_rows("stock.Movement", _MOVEMENT, _movements(world))


def _policies(world: World) -> None:
    copy_rows(
        "stock.SupplyPolicy",
        ("seller_id", "heard_at", "stale_after_hours"),
        ((seller, confirmed_at(world, seller), 72) for seller in sorted({house.seller for house in HOUSES})),
    )


def _warehouses(world: World) -> None:
    place = {town.code: town for town in world.places}
    copy_rows(
        "stock.Warehouse",
        ("id", "seller_id", "name", "city", "region_id", "opens", "figures"),
        (
            (h.id, h.seller, h.name, place[h.town].name, place[h.town].id, *(_SHOWN if h.served else _SERVED))
            for h in HOUSES
        ),
    )
    copy_rows(
        "stock.RegionOpening",
        ("seller_id", "warehouse_id", "region_id", "opens", "figures"),
        ((h.seller, h.id, place[code].id, *_SERVED) for h in HOUSES for code in h.served),
    )
    # The first distributor is served from everywhere, wherever it lies.
    entity = next(one.id for one in world.entities if one.company == DISTRIBUTORS[0] and one.is_default)
    copy_rows(
        "stock.EntityOpening",
        ("seller_id", "warehouse_id", "buyer_entity_id", "opens", "figures"),
        ((h.seller, h.id, entity, *_SERVED) for h in HOUSES if h.served),
    )


_SERVED, _SHOWN = ("served", "exact"), ("shown", "bands")


def _relations(world: World) -> None:
    first = midnight(began_on(world))
    copy_rows(
        "catalog.ProductRelation",
        ("owner_id", "product_id", "other_id", "kind", "told_by", "position", "told_at"),
        (
            (seller, one.good.id, one.other.id, one.kind, "person" if one.kind == "accessory" else "erp", one.position,
             first)
            for seller, offered in world.offered.items()
            for one in relations(offered)
        ),
    )  # fmt: skip


def _figures(world: World) -> None:
    mended = {shelf.house.seller: shelf.id for shelf in world.shelves if shelf.on_hand > 20 * shelf.good.family.pack}
    copy_rows(
        "stock.Balance",
        ("id", "seller_id", "warehouse_id", "product_id", "on_hand", "erp_on_hand", "confirmed_at"),
        (
            (s.id, s.house.seller, s.house.id, s.good.id, s.on_hand,
             s.on_hand + (_MISCOUNTED if mended.get(s.house.seller) == s.id else 0),
             confirmed_at(world, s.house.seller))
            for s in world.shelves
        ),
    )  # fmt: skip
    copy_rows(
        "stock.Arrival",
        ("id", "seller_id", "warehouse_id", "product_id", "quantity", "due_on", "source_number", "confidence",
         "confirmed_at"),
        (
            (a.id, a.house.seller, a.house.id, a.good.id, a.quantity, a.due_on, a.number, a.confidence,
             confirmed_at(world, a.house.seller))
            for a in world.arrivals
        ),
    )  # fmt: skip


_MOVEMENT = (
    "seller_id", "warehouse_id", "product_id", "arrival_id", "at", "kind", "quantity", "held", "order_id", "document",
    "actor_name", "entries",
)  # fmt: skip


class _Left(NamedTuple):
    """Goods of an order that left a seller's shelf."""

    order_id: int
    quantity: int
    held_at: datetime
    left_at: datetime
    document: str


def _movements(world: World) -> Iterator[tuple[Any, ...]]:
    """What lay there a while ago, what was held and shipped since; what is announced."""
    left = _left(world)
    opened = midnight(world.today - timedelta(days=_LEDGER_DAYS))
    main = {house.seller: house.id for house in reversed(HOUSES)}
    for shelf in world.shelves:
        seller, house = shelf.house.seller, shelf.house.id
        gone = left.get((seller, shelf.good.id), []) if main[seller] == house else []
        key = (seller, house, shelf.good.id, None)
        lay = shelf.on_hand + sum(one.quantity for one in gone)
        yield (*key, opened, "count", lay, 0, None, "", "1С", 1)
        for one in gone:
            yield (*key, one.held_at, "reserved", 0, one.quantity, one.order_id, "", "system", 1)
            yield (*key, one.left_at, "shipped", -one.quantity, -one.quantity, one.order_id, one.document, "1С", 1)
    announced = midnight(world.today - timedelta(days=_ANNOUNCED_DAYS))
    for coming in world.arrivals:
        key_ = (coming.house.seller, coming.house.id, coming.good.id, coming.id)
        yield (*key_, announced, "announced", coming.quantity, 0, None, coming.number, "1С", 1)


def _left(world: World) -> dict[tuple[int, int], list[_Left]]:
    since = world.today - timedelta(days=_LEDGER_DAYS)
    found: defaultdict[tuple[int, int], list[_Left]] = defaultdict(list)
    for at, sale, delivery in deliveries(world.history):
        if since < sale.confirmed_at.date() and delivery.shipped_on < world.today:
            for index, quantity, _ in delivery.parts:
                key = (sale.terms.seller, sale.lines[index].good.id)
                left_at = midnight(delivery.shipped_on) + timedelta(hours=17, minutes=30)
                found[key].append(_Left(sale.id, quantity, sale.confirmed_at, left_at, f"РТУ-{at:07d}"))
    return found
