"""Where products lie, for whoever has rules about groups and brands: rows that another statement is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from zveno.base.arrays import number_array
from zveno.base.scope import current
from zveno.catalog.models import Category, Listing, Product


class Fragment(NamedTuple):
    """A part of a statement with its parameters."""

    sql: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Priced:
    """How a list is put in the order of what its reader pays.

    `prices`, for whether the goods are few: rows (id, currency, price) of a relation `goods` as `placed_among` gives
    it; without a price null.
    `near`, for a count and whether the dearest go first: rows (place, product_id, value) of the products that are
    likely to begin the list, by value within each place from 0; None where that cannot be told. `proves`, for the price
    of the last row found among those and the last value of each place (None: it has no more): whether no other product
    goes before.
    """

    prices: Callable[[bool], Fragment]
    near: Callable[[int, bool], Fragment | None]
    proves: Callable[[Decimal, Sequence[Decimal | None], bool], bool]


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A group by name; `path` is the ids from the root, `/1/7/`."""

    id: int
    name: str
    path: str


_PLACED = """
    SELECT p.id, c.id AS category_id, COALESCE(c.path, '') AS path, p.brand, p.pack_quantity
    FROM catalog_product p
    LEFT JOIN catalog_listing l ON l.product_id = p.id AND l.seller_id = %s
    LEFT JOIN catalog_category c ON c.id = COALESCE(l.category_id, p.category_id)
"""


_IN_ORDER = """
    SELECT row_number() OVER (ORDER BY c.path NULLS LAST, p.name, p.id) AS place, g.id, g.category_id,
        COALESCE(c.path, '') AS path, g.brand, g.pack_quantity
    FROM ({goods}) AS g JOIN catalog_product p ON p.id = g.id
    LEFT JOIN catalog_category c ON c.id = g.category_id
"""


def placed(*, seller_id: int, product_ids: Iterable[int]) -> Fragment:
    """Rows (id, category_id, path, brand, pack_quantity) of the products, whether offered or not.

    A product lies where the seller lists it, else where its maker put it; its path is empty where neither did.
    """
    return Fragment(f"{_PLACED} WHERE p.id = ANY(%s::bigint[])", (seller_id, number_array(product_ids)))


def placed_among(*, seller_id: int, products: QuerySet[Product]) -> Fragment:
    """Rows (id, category_id, brand, pack_quantity) of the products of a queryset."""
    listed = FilteredRelation("listings", condition=Q(listings__seller_id=seller_id))
    rows = products.annotate(listed=listed, place_id=Coalesce(F("listed__category_id"), F("category_id")))
    inner, params = rows.order_by().values_list("id", "place_id", "brand", "pack_quantity").query.sql_with_params()
    return Fragment(f"SELECT * FROM ({inner}) AS rows (id, category_id, brand, pack_quantity)", tuple(params))  # noqa: S608


def placed_in_order(*, seller_id: int, products: QuerySet[Product]) -> Fragment:
    """Rows (place, id, category_id, path, brand, pack_quantity) of the products of a queryset: group by group, in each
    by name, `place` from 1.
    """
    goods = placed_among(seller_id=seller_id, products=products)
    return Fragment(_IN_ORDER.format(goods=goods.sql), goods.params)


def groups_at(*, ids: Collection[int]) -> dict[int, GroupValue]:
    """The groups with these ids. One statement."""
    return {row.pk: GroupValue(row.pk, row.name, row.path) for row in Category.objects.filter(pk__in=ids)}


def brands_listed(*, seller_id: int) -> list[str]:
    """Every brand among the seller's goods, by name. One statement."""
    listings = Listing.objects.visible_to(current()).filter(seller_id=seller_id, is_active=True)
    rows = listings.filter(product__deleted_at=None).exclude(product__brand="")
    return sorted(set(rows.order_by().values_list("product__brand", flat=True).distinct()))
