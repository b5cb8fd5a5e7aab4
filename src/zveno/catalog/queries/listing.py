"""The list of a seller's products: found by typing, narrowed by group and attributes, in order, page by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from zveno.base.scope import current
from zveno.catalog.models import Listing, Media, Product
from zveno.catalog.queries.placing import Fragment, Priced, placed_among
from zveno.catalog.rules.search import Typed, typed

# Beyond this many found, a count tells a person nothing more and costs more than the page.
COUNTED_MOST = 5000
# How far one may leaf: a list that needs more wants a filter.
DEEPEST = 10_000
ALIKE_MOST = 60
# A shorter word is looked for at the beginning of words only: inside them it would be everywhere, and no index helps.
SHORTEST_INSIDE = 3

SORTS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "id"),
    "-name": ("-name", "-id"),
    "code": ("code_folded", "id"),
    "-code": ("-code_folded", "-id"),
}
# Orders that go by what the asker pays.
BY_PRICE = ("price", "-price")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `groups`: ids of categories, None for all; `attributes`: name to values let through.

    `brands` narrows to brands. `sort`: a key of SORTS; empty is the best match first (by name when nothing is typed).
    `among`: a lazy set of product ids to stay within (what lies on a shelf), None for all. `priced`: what the
    sorts of BY_PRICE go by; without it they are by name.
    """

    seller_id: int
    search: Typed = field(default_factory=lambda: typed(""))
    groups: Collection[int] | None = None
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    brands: Sequence[str] = ()
    sort: str = ""
    among: Any = None
    priced: Priced | None = None

    @property
    def is_by_price(self) -> bool:
        return self.sort in BY_PRICE and self.priced is not None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as a line of the list. `picture_id` is its first picture that has come."""

    id: int
    code: str
    name: str
    brand: str
    unit: str
    pack_quantity: Decimal
    picture_id: int | None
    category_id: int | None
    barcodes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A page of products. `alike`: nothing held the typed words, so these are the nearest by spelling."""

    rows: tuple[ProductRow, ...]
    more: bool = False
    alike: bool = False


def find_products(*, wanted: Wanted, offset: int = 0, limit: int = 24) -> Found:
    """The products of the seller that match, `limit` of them from `offset`. One statement, two when nothing matches
    and the nearest by spelling are looked for instead.
    """
    offset = min(max(offset, 0), DEEPEST)
    if wanted.is_by_price:
        rows = _rows_by_price(wanted, offset, limit + 1)
    else:
        rows = _rows(_ordered(matching(wanted), wanted)[offset : offset + limit + 1])
    comparable = any(len(word) >= SHORTEST_INSIDE for word in wanted.search.plain_words)
    if rows or offset or not comparable:
        return Found(rows[:limit], more=len(rows) > limit)
    alike = _rows(_alike(wanted)[: limit + 1])
    return Found(alike[:limit], more=len(alike) > limit, alike=bool(alike))


def matching(wanted: Wanted) -> QuerySet[Product]:
    """The products that `wanted` describes, unordered."""
    products = offered_products(wanted.seller_id, wanted.groups)
    for forms in wanted.search.words:
        products = products.filter(_any_of(forms))
    for name, values in wanted.attributes.items():
        either = Q()
        for value in values:
            # Containment is what the index on attributes answers.
            either |= Q(attributes__contains={name: value})
        products = products.filter(either)
    if wanted.among is not None:
        products = products.filter(pk__in=wanted.among)
    return products.filter(brand__in=wanted.brands) if wanted.brands else products


def offered_products(seller_id: int, groups: Collection[int] | None = None) -> QuerySet[Product]:
    """The articles that the seller offers to the current scope, in `groups` when given."""
    listings = Listing.objects.visible_to(current()).filter(seller_id=seller_id, is_active=True)
    if groups is not None:
        # Where a seller puts a product nowhere else, it lies where its maker put it.
        own = Q(category_id__in=list(groups))
        listings = listings.filter(own | Q(category_id=None, product__category_id__in=list(groups)))
    return Product.objects.filter(Exists(listings.filter(product_id=OuterRef("pk"))), _TO_BUY)


def every_product(wanted: Wanted) -> Sequence[ProductRow]:
    """All products that match, as a spreadsheet takes them, up to DEEPEST. One statement."""
    return (
        _rows_by_price(wanted, 0, DEEPEST)
        if wanted.is_by_price
        else _rows(_ordered(matching(wanted), wanted)[:DEEPEST])
    )


def products_listed(*, product_ids: Collection[int], seller_id: int) -> dict[int, ProductRow]:
    """The products by id, each in the group where the seller lists it. One statement."""
    listed = FilteredRelation("listings", condition=Q(listings__seller_id=seller_id))
    rows: Any = (
        Product.objects.filter(pk__in=product_ids)
        .annotate(listed=listed, picture_id=first_picture())
        .annotate(listed_in=Coalesce(F("listed__category_id"), F("category_id")))
        .values_list("id", "code", "name", "brand", "unit", "pack_quantity", "picture_id", "listed_in", "barcodes")
    )
    return {row[0]: ProductRow(*row) for row in rows}


_TO_BUY = Q(deleted_at=None, has_variants=False)


def _any_of(forms: Sequence[str]) -> Q:
    either = Q()
    for form in forms:
        if len(form) < SHORTEST_INSIDE:
            either |= Q(search_text__startswith=form) | Q(search_text__contains=f" {form}")
        else:
            either |= Q(search_text__contains=form)
    return either


def _ordered(products: QuerySet[Product], wanted: Wanted) -> QuerySet[Product]:
    if wanted.sort in SORTS:
        return products.order_by(*SORTS[wanted.sort])
    if not wanted.search:
        return products.order_by("name", "id")
    by_code = Case(When(code_folded__startswith=wanted.search.code, then=F("code_folded")), default=Value(""))
    nearest = products.annotate(nearness=_nearness(wanted.search), by_code=by_code)
    return nearest.order_by("nearness", "by_code", "name", "id")


def _nearness(search: Typed) -> Case:
    first = search.words[0][0]
    steps = [
        Q(code_folded=search.code) | Q(barcodes__contains=[search.text]),
        Q(code_folded__startswith=search.code),
        Q(search_text__contains=f" {first}"),
    ]
    whens = [When(step, then=Value(rank)) for rank, step in enumerate(steps)]
    return Case(*whens, default=Value(len(steps)), output_field=IntegerField())


def _alike(wanted: Wanted) -> QuerySet[Product]:
    """The nearest by spelling, the nearest first. The database function walks the trigram index, its threshold low."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM catalog_products_alike(%s, %s, %s)",
            [list(wanted.search.plain_words), wanted.seller_id, ALIKE_MOST],
        )
        ids = [row[0] for row in cursor.fetchall()]
    if not ids:
        return Product.objects.none()
    place = Case(*(When(pk=id_, then=Value(at)) for at, id_ in enumerate(ids)), output_field=IntegerField())
    return matching(replace(wanted, search=typed(""))).filter(pk__in=ids).annotate(place=place).order_by("place")


def first_picture() -> Subquery:
    """The id of a product's first picture whose file has come, for annotating products."""
    pictures = Media.objects.filter(product_id=OuterRef("pk"), kind="picture", file__isnull=False)
    return Subquery(pictures.order_by("position", "id").values("id")[:1])


def _rows(products: QuerySet[Product]) -> tuple[ProductRow, ...]:
    found: Any = products.annotate(picture_id=first_picture(), listed_in=F("category_id")).values_list(
        "id", "code", "name", "brand", "unit", "pack_quantity", "picture_id", "listed_in", "barcodes"
    )
    return tuple(ProductRow(*row) for row in found)


_BY_PRICE = """
    WITH {near} goods AS MATERIALIZED ({goods}), priced AS ({prices}), page AS (
        SELECT id, currency, price FROM priced
        ORDER BY currency NULLS LAST, price {way} NULLS LAST, id LIMIT %s OFFSET %s
    )
    SELECT p.id, p.code, p.name, p.brand, p.unit, p.pack_quantity, (
            SELECT m.id FROM catalog_media m WHERE m.product_id = p.id AND m.kind = 'picture' AND m.file_id IS NOT NULL
            ORDER BY m.position, m.id LIMIT 1
        ), p.category_id, p.barcodes, page.price, {ends}
    FROM page JOIN catalog_product p ON p.id = page.id
    ORDER BY page.currency NULLS LAST, page.price {way} NULLS LAST, p.id
"""
_NEAR = "near AS MATERIALIZED ({near}), "
_ENDS = """ARRAY(
    SELECT CASE WHEN count(*) >= {count} THEN {last}(value) END FROM near WHERE place >= 0 GROUP BY place ORDER BY place
)"""
# How many of each column are looked at first for a page of the whole range, and how many times the page that must be.
_NEAREST = (2000, 16_000)
_TIMES = 8


def _rows_by_price(wanted: Wanted, offset: int, limit: int) -> tuple[ProductRow, ...]:
    """Products by their price, those without one last; of several currencies one after another.

    One statement; of a long list the nearest are priced first, and all only where those do not prove the page.
    """
    assert wanted.priced is not None
    descending = wanted.sort.startswith("-")
    for count in (*(n for n in _NEAREST if n >= _TIMES * (offset + limit)), None):
        near = wanted.priced.near(count, descending) if count is not None else None
        if count is not None and near is None:
            continue
        found = _by_price(wanted, near, count or 0, limit, offset)
        if near is None or (len(found) == limit and wanted.priced.proves(found[-1][9], found[-1][10], descending)):
            return tuple(ProductRow(*row[:9]) for row in found)
    return ()


def _by_price(wanted: Wanted, near: Fragment | None, count: int, limit: int, offset: int) -> Sequence[Any]:
    assert wanted.priced is not None
    products = matching(wanted)
    if near is not None:
        products = products.filter(pk__in=RawSQL("SELECT product_id FROM near", ()))
    goods = placed_among(seller_id=wanted.seller_id, products=products)
    prices = wanted.priced.prices(near is not None)
    descending = wanted.sort.startswith("-")
    sql = _BY_PRICE.format(
        near=_NEAR.format(near=near.sql) if near else "",
        goods=goods.sql,
        prices=prices.sql,
        way="DESC" if descending else "ASC",
        ends=_ENDS.format(count=count, last="min" if descending else "max") if near else "NULL::numeric[]",
    )
    params = [*(near.params if near else ()), *goods.params, *prices.params, limit, offset]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
