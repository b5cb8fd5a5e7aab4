"""A random world of `worlds` put into the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests import deals, world
from tests.deals import NOW, Deal
from tests.pricing.worlds import CURRENCY_OF_KIND, FLOOR, KINDS, PATHS, World

from zveno.catalog.models import Category, Product
from zveno.pricing.models import (
    BuyerStanding,
    Combination,
    Discount,
    FirstOrder,
    IndividualPrice,
    KindAssignment,
    Price,
    PriceKind,
    Rounding,
    Standing,
)

SINCE = datetime(2024, 1, 1, tzinfo=UTC)
_DATED: dict[str, Any] = {"valid_from": SINCE, "recorded_at": SINCE, "author_name": "Олег Савин"}


@dataclass
class Ground:
    """A deal with groups, columns and a status, in which one world after another is planted."""

    deal: Deal
    groups: dict[str, Category] = field(default_factory=dict)
    kinds: dict[int, PriceKind] = field(default_factory=dict)
    standing: Standing | None = None


def ground() -> Ground:
    made = Ground(deals.deal())
    KindAssignment.objects.unscoped("the world has its own").all().delete()
    for path in PATHS:
        above = path.rstrip("/").rpartition("/")[0] + "/"
        made.groups[path] = world.category(made.deal.seller, f"Группа {path}", parent=made.groups.get(above))
    for kind in (*KINDS, FLOOR):
        made.kinds[kind] = world.price_kind(
            made.deal.seller, f"Колонка {kind}", currency=CURRENCY_OF_KIND.get(kind, "RUB")
        )
    made.standing = Standing.objects.create(seller=made.deal.seller.company, name="Серебро")
    BuyerStanding.objects.create(
        seller=made.deal.seller.company, buyer_entity=made.deal.dealer.entity, standing=made.standing, source="rule",
        **_DATED,
    )  # fmt: skip
    return made


def plant(at: Ground, made: World) -> dict[int, Product]:
    """The world's products by their number, with every fact of them."""
    company, entity = at.deal.seller.company, at.deal.dealer.entity
    products = {
        told["id"]: world.product(
            at.deal.seller, brand=told["brand"], pack_quantity=told["pack"], category=at.groups.get(told["path"])
        )
        for told in made["products"]
    }
    _prices(at, made, products)
    for told in made["columns"]:
        KindAssignment.objects.create(price_kind=at.kinds[told["kind"]], rank=told["rank"], **_rule(at, told, products))
    for told in made["discounts"]:
        Discount.objects.create(
            layer=told["layer"], threshold=told["threshold"], percent=told["percent"], currency=told["currency"],
            **_rule(at, told, products),
        )  # fmt: skip
    floor = at.kinds[FLOOR] if made["floor"] else None
    Combination.objects.create(seller=company, mode=made["mode"], cap_percent=made["cap"], floor_kind=floor, **_DATED)
    bands = [{"from": start, "step": step, "way": way} for start, step, way in made["bands"]]
    Rounding.objects.create(seller=company, currency="RUB", bands=bands, **_DATED)
    if not made["is_first"]:
        FirstOrder.objects.create(seller=company, buyer_entity=entity, claimed_at=SINCE)
    return products


def _prices(at: Ground, made: World, products: dict[int, Product]) -> None:
    company, entity = at.deal.seller.company, at.deal.dealer.entity
    for told in made["products"]:
        for (kind, least), value in told["prices"].items():
            # Every third price ends ahead, another one being planned.
            ends = NOW + timedelta(days=9) if (kind + least) % 3 == 0 else None
            row = {"seller": company, "price_kind": at.kinds[kind], "product": products[told["id"]]}
            row |= {"min_quantity": least, "confirmed_at": SINCE}
            Price.objects.create(**row, value=value, valid_from=SINCE, valid_to=ends, ends_ahead=ends is not None)
            if ends:
                Price.objects.create(**row, value=Decimal(7), valid_from=ends)
        for least, (value, closed, currency) in told["own"].items():
            IndividualPrice.objects.create(
                seller=company, buyer_entity=entity, product=products[told["id"]], min_quantity=least, value=value,
                is_closed=closed, currency=currency, **_DATED,
            )  # fmt: skip


def _rule(at: Ground, told: dict[str, Any], products: dict[int, Product]) -> dict[str, Any]:
    return {
        "seller": at.deal.seller.company,
        "buyer_entity": at.deal.dealer.entity if told["audience"] == 2 else None,
        "standing": at.standing if told["audience"] == 1 else None,
        "product": products.get(told["product"]),
        "category": at.groups.get(told["path"]),
        "brand": told["brand"],
        **_DATED,
    }
