"""Connections of the sellers' accounting systems, whose ids mean what, and a few sessions that really took place."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from zveno.base.files import keep
from zveno.base.scope import entered, system_scope
from zveno.demo.commerceml import guid, write_export
from zveno.demo.loading.bulk import as_json, copy_rows
from zveno.demo.loading.partners import began_on
from zveno.demo.rules import prices
from zveno.demo.rules.parties import DISTRIBUTORS, SALES_HOUSE
from zveno.demo.rules.people import PASSWORD
from zveno.demo.rules.products import nodes, property_names
from zveno.demo.rules.supply import HOUSES
from zveno.demo.world import World
from zveno.exchange.actions.confirm_orders import confirm_orders
from zveno.exchange.actions.open_session import open_session
from zveno.exchange.actions.take_in import take_in
from zveno.exchange.actions.touch_session import end_session
from zveno.exchange.applying.file import apply_waiting
from zveno.exchange.models import Connection, Exchange, OutboxItem

SELLERS = (SALES_HOUSE, *DISTRIBUTORS)
LOGIN = "1c"


def load(world: World) -> None:
    """Connections, and which of our objects they mean by their ids."""
    copy_rows(
        "exchange.Connection",
        ("id", "seller_id", "name", "slug", "login", "password_hash", "options", "orders_from", "created_at"),
        _connections(world),
    )
    copy_rows(
        "exchange.ExternalRef",
        ("connection_id", "seller_id", "kind", "external_id", "object_id"),
        _refs(world),
    )


def hold_sessions(world: World) -> None:
    """Sessions of the last days: one whole, one cut short, one of changes; each distributor's prices and stock."""
    half = max(len(world.goods) // 5, 60)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for seller in DISTRIBUTORS:
            chosen = world.offered[seller][:half:4]
            files = write_export(world, place / f"{seller}", seller=seller, goods=chosen, has_cards=False)
            _session(seller, files, world.now - timedelta(minutes=5 + 13 * seller))
        whole = write_export(world, place / "whole", seller=SALES_HOUSE, goods=world.goods[:half])
        _session(SALES_HOUSE, whole, world.now - timedelta(days=2, minutes=7))
        cut = write_export(world, place / "cut", seller=SALES_HOUSE, goods=world.goods[:40], has_cards=False)
        cut[0].write_bytes(cut[0].read_bytes()[: cut[0].stat().st_size * 3 // 5])
        _session(SALES_HOUSE, cut, world.now - timedelta(hours=26))
        changes = write_export(world, place / "changes", seller=SALES_HOUSE, goods=world.goods[:half:9])
        _session(SALES_HOUSE, changes, world.now - timedelta(minutes=2))


def slug_of(world: World, seller: int) -> str:
    """The word in the address of the seller's connection."""
    return f"demo-{world.companies[seller - 1].code.lower()}"


def connection_id(seller: int) -> int:
    """The id of the seller's only connection."""
    return SELLERS.index(seller) + 1


def _connections(world: World) -> Iterator[tuple[Any, ...]]:
    password = make_password(PASSWORD)
    names = {SALES_HOUSE: "1С:УТ 11, торговый дом"}
    for seller in SELLERS:
        name = names.get(seller, "1С:Управление торговлей")
        options = as_json({"stock_means": "on_hand"})
        began = began_on(world)
        yield (connection_id(seller), seller, name, slug_of(world, seller), LOGIN, password, options, began, began)


def _refs(world: World) -> Iterator[tuple[Any, ...]]:
    for seller in SELLERS:
        base = (connection_id(seller), seller)
        for kind in prices.KINDS:
            if kind.seller == seller:
                yield (*base, "price_kind", guid("price_kind", kind.id), kind.id)
        for house in HOUSES:
            if house.seller == seller:
                yield (*base, "warehouse", guid("warehouse", house.id), house.id)
        for good in world.offered[seller]:
            yield (*base, "product", guid("product", good.id), good.id)
    base = (connection_id(SALES_HOUSE), SALES_HOUSE)
    for node in nodes()[0]:
        yield (*base, "category", guid("category", node.id), node.id)
    for at in range(1, len(property_names()) + 1):
        yield (*base, "property", guid("property", at), at)


def _session(seller: int, paths: Sequence[Path], at: datetime) -> None:
    """What 1С did at that moment: signed in, sent the files, and they were applied."""
    with entered(system_scope("1С")):
        exchange = _open(seller, "catalog", at)
        for path in paths:
            stored = keep(pieces=[path.read_bytes()], name=path.name, now=at, company_id=seller)
            take_in(exchange=exchange, stored=stored, name=path.name, now=at)
        apply_waiting(connection_id=exchange.connection_id, clock=lambda: at + timedelta(seconds=9))
        end_session(exchange=exchange, now=at + timedelta(seconds=40))


def fetch_orders(seller: int, order_ids: Sequence[int], at: datetime) -> None:
    """What 1С does with orders: fetches them and says that it has them; it counts their goods from now on."""
    with entered(system_scope("1С")):
        exchange = _open(seller, "sale", at)
        copy_rows(
            "exchange.Delivery",
            ("item_id", "connection_id", "seller_id", "sent_version", "sent_at", "sent_in_id", "attempts"),
            [
                (item, exchange.connection_id, seller, version, at, exchange.pk, 1)
                for item, version in _outbox(seller, order_ids)
            ],
        )
        confirm_orders(exchange=exchange, now=at + timedelta(seconds=30))
        end_session(exchange=exchange, now=at + timedelta(seconds=31))


def _open(seller: int, kind: str, at: datetime) -> Exchange:
    connection = Connection.objects.unscoped("the demo world's own").get(pk=connection_id(seller))
    open_session(connection=connection, kind=kind, now=at)
    exchange = Exchange.objects.unscoped("the session just opened").filter(connection=connection).latest("id")
    exchange.calls = 5
    exchange.save(update_fields=["calls"])
    return exchange


def _outbox(seller: int, order_ids: Sequence[int]) -> list[tuple[int, int]]:
    items = OutboxItem.objects.unscoped("the demo world's own").filter(seller_id=seller, object_id__in=order_ids)
    return list(items.filter(kind="order").values_list("id", "version"))
