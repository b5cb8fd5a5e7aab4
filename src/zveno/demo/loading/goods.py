"""Rows of catalog and pricing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from zveno.catalog.rules.search import search_text
from zveno.demo.loading.bulk import as_json, copy_rows
from zveno.demo.loading.partners import began_on
from zveno.demo.rules import prices
from zveno.demo.rules.parties import SALES_HOUSE
from zveno.demo.rules.products import nodes, property_names
from zveno.demo.rules.trade import price_changed_on, vat_on
from zveno.demo.world import World
from zveno.kit.period import next_month

OWNER = SALES_HOUSE


def load(world: World) -> None:
    """Products with their tree, who lists them, prices with their history."""
    _tree_and_properties()
    _products(world)
    _listings(world)
    _prices(world)


def confirmed_at(world: World, seller: int) -> datetime:
    """When the seller's accounting system told its stock and prices last: minutes ago, for some an hour."""
    return world.now - timedelta(minutes=(2, 4, 11, 63, 7)[(seller - SALES_HOUSE) % 5])


def midnight(day: Any) -> datetime:
    """The beginning of a day where the sales house is."""
    return datetime.combine(day, time(), UTC) - timedelta(hours=3)


def _tree_and_properties() -> None:
    copy_rows(
        "catalog.Category",
        ("id", "owner_id", "parent_id", "name", "path", "position"),
        ((n.id, OWNER, n.parent, n.name, n.path, n.position) for n in nodes()[0]),
    )


def _products(world: World) -> None:
    ids = nodes()[1]
    vat = vat_on(world.today)
    values: dict[str, list[str]] = {name: [] for name in property_names()}
    for good in world.goods:
        for name, value in good.attributes.items():
            if value not in (known := values[name]):
                known.append(value)
    copy_rows(
        "catalog.Property",
        ("id", "owner_id", "name", "kind", "values"),
        (
            (number, OWNER, name, "text", as_json({str(at): value for at, value in enumerate(told, 1)}))
            for number, (name, told) in enumerate(values.items(), 1)
        ),
    )
    copy_rows(
        "catalog.Product",
        ("id", "owner_id", "category_id", "code", "code_folded", "name", "brand", "description", "unit", "unit_code",
         "pack_quantity", "attributes", "barcodes", "weight_g", "volume_cm3", "vat_percent", "search_text",
         "updated_at"),
        (
            (g.id, OWNER, ids[g.family.path], g.code, g.code_folded, g.name, g.family.brand, g.about, g.family.unit,
             g.unit_code, g.family.pack, as_json(g.attributes), [g.barcode], g.weight_g, round(g.weight_g * 2.4), vat,
             search_text(code=g.code, name=g.name, brand=g.family.brand, barcodes=[g.barcode]), world.now)
            for g in world.goods
        ),
    )  # fmt: skip


def _listings(world: World) -> None:
    copy_rows(
        "catalog.Listing",
        ("seller_id", "product_id", "category_id", "listed_at"),
        (
            (seller, good.id, None, midnight(began_on(world)))
            for seller, goods in world.offered.items()
            for good in goods
        ),
    )


def _prices(world: World) -> None:
    place = {town.code: town.id for town in world.places}
    copy_rows(
        "pricing.PriceKind",
        ("id", "seller_id", "name", "is_floor", "region_id", "created_at"),
        (
            (k.id, k.seller, k.name, k.is_floor, place.get(f"RU-{k.region}"), midnight(began_on(world)))
            for k in prices.KINDS
        ),
    )
    copy_rows(
        "pricing.Price",
        ("seller_id", "price_kind_id", "product_id", "value", "valid_from", "valid_to", "ends_ahead", "confirmed_at"),
        _price_rows(world),
    )


def _price_rows(world: World) -> Iterator[tuple[Any, ...]]:
    first, changed = midnight(began_on(world)), midnight(price_changed_on(world.today))
    rises = midnight(next_month(world.today))
    for kind in prices.KINDS:
        told = confirmed_at(world, kind.seller)
        for good in world.offered[kind.seller]:
            if not kind.holds(good.family.path[0]):
                continue
            row = (kind.seller, kind.id, good.id)
            yield (*row, prices.price(good.retail, kind, before=True), first, changed, False, changed)
            # Lamps are dearer from the first of next month: it is known already.
            ends = rises if good.family.path[1] == "Лампы" and kind.seller == SALES_HOUSE else None
            yield (*row, prices.price(good.retail, kind), changed, ends, ends is not None, told)
            if ends:
                yield (*row, prices.price(good.retail, kind, risen=True), ends, None, False, told)
