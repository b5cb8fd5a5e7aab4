"""Random worlds of price facts as plain dictionaries: what the oracle reads, and the same as values of the rules."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from zveno.pricing.rules.facts import (
    Audience,
    Band,
    Book,
    Column,
    Goods,
    Layer,
    Mode,
    Origin,
    OwnPrice,
    PriceRow,
    Rung,
    Target,
    Way,
    ladders_of,
)

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
PATHS = ("/1/", "/1/2/", "/1/2/3/", "/1/4/", "/5/", "/5/6/")
BRANDS = ("Орнель", "Люмика", "Токанто")
KINDS = (1, 2, 3, 4)
CURRENCY_OF_KIND = {1: "RUB", 2: "RUB", 3: "RUB", 4: "USD"}
FLOOR = 9
World = dict[str, Any]


def world(dice: random.Random, *, products: int = 1) -> World:
    """Facts of `products` products and of the buyer's rules about them."""
    made = [_product(dice, number) for number in range(1, products + 1)]
    rules = [_rule(dice, number, products) for number in range(1, dice.randrange(0, 14))]
    return {
        "products": made,
        "columns": _unique(
            [_column(dice, number, products) for number in range(1, dice.randrange(2, 7))],
            lambda c: (*_place(c), c["rank"]),
        ),
        "discounts": _unique(rules, lambda d: (*_place(d), d["layer"], d["threshold"], d["currency"])),
        "mode": dice.choice(["largest", "chain", "sum"]),
        "cap": dice.choice([None, None, Decimal("12.5"), Decimal(30)]),
        "floor": dice.random() < 0.5,
        "bands": dice.choice([[], [("0", "0.5", "up")], [("0", "0.05", "nearest"), ("100", "1", "down")],
                              [("0", "0.01", "nearest"), ("50", "10", "nearest")], [("200", "100", "up")]]),
        "is_first": dice.random() < 0.5,
    }  # fmt: skip


def _unique(rows: list[Any], key: Any) -> list[Any]:
    return list({key(row): row for row in rows}.values())


def _place(rule: dict[str, Any]) -> tuple[Any, ...]:
    return (rule["product"], rule["path"], rule["brand"], rule["audience"])


def _money(dice: random.Random) -> Decimal:
    return Decimal(dice.randrange(1, 4_000_000)).scaleb(-4) * dice.choice((1, 1, 10))


def _product(dice: random.Random, number: int) -> dict[str, Any]:
    tiers = (0, 0, 0, 10, 100)
    prices = {}
    for kind in (*KINDS, FLOOR):
        for least in {dice.choice(tiers) for _ in range(dice.randrange(0, 3))}:
            prices[kind, least] = Decimal(0) if dice.random() < 0.1 else _money(dice)
    own = {}
    if dice.random() < 0.3:
        for least in {dice.choice(tiers) for _ in range(dice.randrange(1, 3))}:
            own[least] = (_money(dice), dice.random() < 0.4, dice.choice(["RUB", "RUB", "USD"]))
    return {
        "id": number,
        "path": dice.choice(("", *PATHS)),
        "brand": dice.choice(("", *BRANDS)),
        "pack": dice.choice((1, 1, 6, 12)),
        "prices": prices,
        "own": own,
    }


def _about(dice: random.Random, products: int) -> dict[str, Any]:
    kind = dice.choice(("everything", "everything", "brand", "group", "group", "product"))
    return {
        "product": dice.randrange(1, products + 1) if kind == "product" else None,
        "path": dice.choice(PATHS) if kind == "group" else "",
        "brand": dice.choice(BRANDS) if kind == "brand" else "",
        "audience": dice.choice((0, 1, 2, 2)),
    }


def _column(dice: random.Random, number: int, products: int) -> dict[str, Any]:
    return {"id": number, "kind": dice.choice(KINDS), "rank": dice.randrange(1, 4), **_about(dice, products)}


def _rule(dice: random.Random, number: int, products: int) -> dict[str, Any]:
    layer = dice.choice(["contract", "status", "volume", "volume", "first_order", "order_sum", "order_sum"])
    threshold = {"volume": (5, 10, 50, 100), "order_sum": (500, 2000, 10_000)}.get(layer, (0,))
    return {
        "id": number,
        "layer": layer,
        "threshold": dice.choice(threshold),
        "currency": dice.choice(["RUB", "RUB", "USD"]) if layer == "order_sum" else "",
        "percent": Decimal(dice.randrange(0, 6000)).scaleb(-2),
        **_about(dice, products),
    }


def book_of(made: World) -> Book:
    """The rules about groups, brands and everything, as the pure function takes them."""
    return Book(
        at=SINCE,
        columns=tuple(_column_value(c) for c in made["columns"] if c["product"] is None),
        ladders=ladders_of([_rung(d) for d in made["discounts"] if d["product"] is None]),
        mode=Mode(made["mode"]),
        cap_percent=made["cap"],
        floor_kind_id=FLOOR if made["floor"] else None,
        floor_kind="Минимальная" if made["floor"] else "",
        bands={"RUB": tuple(Band(Decimal(f), Decimal(s), Way(w)) for f, s, w in made["bands"])},
        status="Серебро",
        is_first_order=made["is_first"],
    )


def goods_of(made: World, number: int = 0) -> Goods:
    """One product with the rules about it alone."""
    product = made["products"][number]
    return Goods(
        product_id=product["id"],
        path=product["path"],
        brand=product["brand"],
        pack_quantity=Decimal(product["pack"]),
        prices=tuple(
            PriceRow(kind, value, Decimal(least), SINCE, SINCE) for (kind, least), value in product["prices"].items()
        ),
        own_prices=tuple(
            OwnPrice(value, Decimal(least), currency, True, closed, Origin(SINCE))
            for least, (value, closed, currency) in product["own"].items()
        ),
        columns=tuple(_column_value(c) for c in made["columns"] if c["product"] == product["id"]),
        ladders=ladders_of([_rung(d) for d in made["discounts"] if d["product"] == product["id"]]),
    )


def _target(rule: dict[str, Any]) -> Target:
    return Target(rule["product"], rule["path"], rule["brand"], rule["path"] or rule["brand"])


def _column_value(column: dict[str, Any]) -> Column:
    return Column(
        id=column["id"],
        kind_id=column["kind"],
        kind_name=f"Колонка {column['kind']}",
        currency=CURRENCY_OF_KIND[column["kind"]],
        vat_included=True,
        target=_target(column),
        audience=Audience(column["audience"]),
        rank=column["rank"],
        origin=Origin(SINCE, "Д-7", "Олег Савин"),
    )


def _rung(discount: dict[str, Any]) -> Rung:
    return Rung(
        id=discount["id"],
        layer=Layer(discount["layer"]),
        target=_target(discount),
        audience=Audience(discount["audience"]),
        threshold=Decimal(discount["threshold"]),
        percent=discount["percent"],
        origin=Origin(SINCE, "Д-7", "Олег Савин"),
        currency=discount["currency"],
    )
