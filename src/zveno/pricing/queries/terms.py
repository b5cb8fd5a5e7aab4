"""What is agreed with a buyer, as pages list it: columns, discounts and agreed prices with their periods."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet

from zveno.base.scope import current
from zveno.pricing.models import Discount, IndividualPrice, KindAssignment
from zveno.pricing.rules.facts import Layer, Precision


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A rule with its period. `about` says how exactly it names its products, `about_name` which.

    `for_entity` and `for_status` are empty where it is for all buyers.
    """

    id: int
    about: Precision
    about_name: str
    product_id: int | None
    category_id: int | None
    brand: str
    for_entity: str
    for_status: str
    contract: str
    valid_from: datetime
    valid_to: datetime | None
    author: str

    def holds(self, at: datetime) -> bool:
        """Whether it holds at the moment."""
        return self.valid_from <= at and (self.valid_to is None or self.valid_to > at)


@dataclass(frozen=True, slots=True)
class ColumnRule(RuleValue):
    """A price column given by a contract."""

    kind_id: int
    kind: str
    currency: str
    region: str
    rank: int


@dataclass(frozen=True, slots=True)
class DiscountRule(RuleValue):
    """A discount."""

    layer: Layer
    threshold: Decimal
    percent: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class AgreedPrice:
    """A price agreed with an entity for a product."""

    id: int
    product_id: int
    code: str
    name: str
    unit: str
    entity_id: int
    entity: str
    value: Decimal
    currency: str
    vat_included: bool
    min_quantity: Decimal
    is_closed: bool
    contract: str
    valid_from: datetime
    valid_to: datetime | None
    author: str


def columns_of(*, seller_id: int, entity_id: int | None = None, since: datetime) -> list[ColumnRule]:
    """Columns given to the entity (None: to everybody and to statuses) that hold at `since` or later. One statement.

    In the order in which they are asked, then by period.
    """
    rows = _rules(KindAssignment, seller_id, entity_id, since).annotate(
        kind_name=F("price_kind__name"), currency=F("price_kind__currency"), region=F("price_kind__region__name")
    )
    found = [
        ColumnRule(
            **_common(row), kind_id=row.price_kind_id, kind=row.kind_name, currency=row.currency,
            region=row.region or "", rank=row.rank,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.about, one.about_name, one.rank, one.valid_from))


def discounts_of(*, seller_id: int, entity_id: int | None = None, since: datetime) -> list[DiscountRule]:
    """Discounts of the entity (None: of everybody and of statuses) that hold at `since` or later. One statement.

    By layer, then what they are about, then threshold and period.
    """
    found = [
        DiscountRule(
            **_common(row), layer=Layer(row.layer), threshold=row.threshold, percent=row.percent, currency=row.currency
        )
        for row in _rules(Discount, seller_id, entity_id, since)
    ]
    order = list(Layer)
    return sorted(
        found, key=lambda one: (order.index(one.layer), -one.about, one.about_name, one.threshold, one.valid_from)
    )


def agreed_prices(
    *, seller_id: int, entity_id: int | None = None, product_id: int | None = None, since: datetime
) -> QuerySet[Any]:
    """Prices agreed with the entity or for the product that hold at `since` or later, lazily; see `agreed_price`."""
    rows = IndividualPrice.objects.visible_to(current()).filter(seller_id=seller_id)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=since))
    if entity_id is not None:
        rows = rows.filter(buyer_entity_id=entity_id)
    if product_id is not None:
        rows = rows.filter(product_id=product_id)
    return rows.select_related("product", "buyer_entity").order_by("product__name", "min_quantity", "valid_from", "id")


def agreed_price(row: Any) -> AgreedPrice:
    """A row of `agreed_prices` as a value."""
    return AgreedPrice(
        id=row.pk,
        product_id=row.product_id,
        code=row.product.code,
        name=row.product.name,
        unit=row.product.unit,
        entity_id=row.buyer_entity_id,
        entity=row.buyer_entity.name,
        value=row.value,
        currency=row.currency,
        vat_included=row.vat_included,
        min_quantity=row.min_quantity,
        is_closed=row.is_closed,
        contract=row.contract_number,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        author=row.author_name,
    )


@dataclass(frozen=True, slots=True)
class Brief:
    """Terms in a line: the columns in their order, the discount on everything, whether groups have their own."""

    kinds: tuple[str, ...] = ()
    percent: Decimal = Decimal(0)
    by_group: bool = False


def terms_in_brief(*, entity_ids: Collection[int], at: datetime) -> dict[tuple[int, int], Brief]:
    """(seller, entity) → what its own columns and contract discounts come to at the moment. Two statements."""
    columns = _in_force(KindAssignment, entity_ids, at).order_by("rank", "id")
    discounts = _in_force(Discount, entity_ids, at).filter(layer=Layer.CONTRACT)
    kinds: dict[tuple[int, int], list[str]] = {}
    for seller_id, entity_id, name in columns.values_list("seller_id", "buyer_entity_id", "price_kind__name"):
        kinds.setdefault((seller_id, entity_id), []).append(name)
    percents: dict[tuple[int, int], list[tuple[bool, Decimal]]] = {}
    for row in discounts:
        is_general = row.product_id is None and row.category_id is None and not row.brand
        percents.setdefault((row.seller_id, row.buyer_entity_id), []).append((is_general, row.percent))
    return {
        key: Brief(
            tuple(dict.fromkeys(kinds.get(key, ()))),
            next((percent for is_general, percent in percents.get(key, ()) if is_general), Decimal(0)),
            any(not is_general for is_general, _ in percents.get(key, ())),
        )
        for key in {*kinds, *percents}
    }


def _in_force(model: Any, entity_ids: Collection[int], at: datetime) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.visible_to(current()).filter(buyer_entity_id__in=entity_ids)
    return rows.filter(valid_from__lte=at).filter(Q(valid_to=None) | Q(valid_to__gt=at))


def _rules(model: Any, seller_id: int, entity_id: int | None, since: datetime) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.visible_to(current()).filter(seller_id=seller_id, buyer_entity_id=entity_id)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=since)).exclude(valid_to=F("valid_from"))
    return rows.select_related("buyer_entity", "standing", "product", "category")


def _common(row: Any) -> dict[str, Any]:
    about, name = Precision.EVERYTHING, ""
    if row.product_id is not None:
        about, name = Precision.PRODUCT, f"{row.product.code} {row.product.name}".strip()
    elif row.category_id is not None:
        about, name = Precision.GROUP, row.category.name
    elif row.brand:
        about, name = Precision.BRAND, row.brand
    return {
        "id": row.pk,
        "about": about,
        "about_name": name,
        "product_id": row.product_id,
        "category_id": row.category_id,
        "brand": row.brand,
        "for_entity": row.buyer_entity.name if row.buyer_entity else "",
        "for_status": row.standing.name if row.standing else "",
        "contract": row.contract_number,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "author": row.author_name,
    }
