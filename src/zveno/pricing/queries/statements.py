"""The statement that reads a buyer's rules and the facts of products at a moment: one for a page, a cart, a list.

Rows are (tag, product_id, kind_id, value, min_quantity, valid_from, confirmed_at, number, texts); which columns a tag
fills `facts` knows. Moments are texts: most of a list are the same few, and reading each anew costs more than the
statement. Both walls stand under it: of another's terms it finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from zveno.catalog.queries.placing import Fragment

# ruff: noqa: S608 - composed of constants and placeholders
_NOTHING = "NULL::bigint, NULL::bigint, NULL::numeric, NULL::numeric, NULL::text, NULL::text"

# Each branch finds its rows by an index of its own: the buyer's and everybody's, about everything and about products.
_RULES = """
    SELECT r.* FROM {table} r WHERE r.buyer_entity_id = %s AND r.seller_id = %s AND {about}
      AND r.valid_from <= %s AND (r.valid_to IS NULL OR r.valid_to > %s)
    UNION ALL
    SELECT r.* FROM {table} r WHERE r.buyer_entity_id IS NULL AND r.seller_id = %s AND {about}
      AND (r.standing_id IS NULL OR r.standing_id = (SELECT standing_id FROM standing))
      AND r.valid_from <= %s AND (r.valid_to IS NULL OR r.valid_to > %s)
"""

_STANDING = """
    SELECT b.standing_id, s.name, b.valid_from FROM pricing_buyerstanding b
    JOIN pricing_standing s ON s.id = b.standing_id
    WHERE b.buyer_entity_id = %s AND b.seller_id = %s AND b.valid_from <= %s AND (b.valid_to IS NULL OR b.valid_to > %s)
"""

_SETTINGS = """
    SELECT m.mode, m.cap_percent, m.floor_kind_id, k.name AS floor_kind FROM pricing_combination m
    LEFT JOIN pricing_pricekind k ON k.id = m.floor_kind_id
    WHERE m.seller_id = %s AND m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to > %s)
"""

_ROUNDINGS = """
    SELECT r.currency, r.bands FROM pricing_rounding r
    WHERE r.seller_id = %s AND r.valid_from <= %s AND (r.valid_to IS NULL OR r.valid_to > %s)
"""

_FIRST = """
    SELECT NOT EXISTS (
        SELECT FROM pricing_firstorder f WHERE f.buyer_entity_id = %s AND f.seller_id = %s AND f.claimed_at <= %s
        AND (f.released_at IS NULL OR f.released_at > %s)
    )
"""

_BOOK_ROW = f"""
    SELECT 'book', {_NOTHING}, NULL::bigint, ARRAY[jsonb_build_object(
        'mode', (SELECT mode FROM settings),
        'cap', (SELECT cap_percent::text FROM settings),
        'floor_kind_id', (SELECT floor_kind_id FROM settings),
        'floor_kind', (SELECT floor_kind FROM settings),
        'status', (SELECT name FROM standing),
        'status_since', (SELECT valid_from FROM standing),
        'first', ({{first}}),
        'bands', (SELECT jsonb_object_agg(currency, bands) FROM ({{roundings}}) r)
    )::text]
"""

# For whom: the buyer's own, its status's, everybody's.
_AUDIENCE = "CASE WHEN r.buyer_entity_id IS NOT NULL THEN '2' WHEN r.standing_id IS NOT NULL THEN '1' ELSE '0' END"
_TERMS = f"{_AUDIENCE}, COALESCE(c.path, ''), r.brand, COALESCE(c.name, r.brand), r.contract_number, r.author_name"

_COLUMN_ROWS = f"""
    SELECT 'column', r.product_id, r.price_kind_id, r.rank::numeric, NULL::numeric, r.valid_from::text, NULL::text,
        r.id, ARRAY[{_TERMS}, k.name, k.currency, k.vat_included::text, COALESCE(g.name, '')]
    FROM assigned r JOIN pricing_pricekind k ON k.id = r.price_kind_id
    LEFT JOIN partners_region g ON g.id = k.region_id LEFT JOIN catalog_category c ON c.id = r.category_id
"""

_RUNG_ROWS = f"""
    SELECT 'rung', r.product_id, NULL::bigint, r.percent, r.threshold, r.valid_from::text, NULL::text, r.id,
        ARRAY[{_TERMS}, r.layer, r.currency]
    FROM discounts r LEFT JOIN catalog_category c ON c.id = r.category_id
"""

_GOODS_ROWS = """
    SELECT 'goods', g.id, NULL::bigint, g.pack_quantity, NULL::numeric, NULL::text, NULL::text,
        NULL::bigint, ARRAY[g.path, g.brand]
    FROM goods g
"""

_PRICE_ROWS = """
    SELECT 'price', p.product_id, p.price_kind_id, p.value, p.min_quantity, p.valid_from::text, p.confirmed_at::text,
        NULL::bigint, NULL::text[]
    FROM pricing_price p
    WHERE p.price_kind_id = ANY(ARRAY(SELECT id FROM kinds)) AND {products} AND {period} AND p.valid_from <= %s
"""

_OWN_ROWS = """
    SELECT 'own', p.product_id, NULL::bigint, p.value, p.min_quantity, p.valid_from::text, NULL::text,
        NULL::bigint, ARRAY[p.currency, p.vat_included::text, p.is_closed::text, p.contract_number, p.author_name]
    FROM pricing_individualprice p
    WHERE p.buyer_entity_id = %s AND p.seller_id = %s AND {products} AND {period} AND p.valid_from <= %s
"""


def book_statement(*, seller_id: int, entity_id: int, at: datetime) -> Fragment:
    """The buyer's rules, those about single products left out."""
    parts = _Parts()
    _common(parts, seller_id, entity_id, at, about=Fragment("r.product_id IS NULL"))
    return _joined(parts, [_book_row(seller_id, entity_id, at), Fragment(_COLUMN_ROWS), Fragment(_RUNG_ROWS)])


def facts_statement(*, seller_id: int, entity_id: int, at: datetime, goods: Fragment, ids: str) -> Fragment:
    """The facts of products and the buyer's rules that concern them: `ids` is an array in PostgreSQL's words, `goods`
    are their rows.
    """
    parts = _Parts()
    parts.add("goods", goods, materialized=True)
    parts.add("above", Fragment(_ABOVE))
    _common(parts, seller_id, entity_id, at, about=Fragment(_ABOUT_GOODS, (ids,)))
    named = Fragment("p.product_id = ANY(%s::bigint[])", (ids,))
    rows = [_book_row(seller_id, entity_id, at), Fragment(_COLUMN_ROWS), Fragment(_RUNG_ROWS), Fragment(_GOODS_ROWS)]
    rows += _in_force(_PRICE_ROWS, (), named, at)
    rows += _in_force(_OWN_ROWS, (entity_id, seller_id), named, at)
    return _joined(parts, rows)


def list_statement(
    *, seller_id: int, entity_id: int, at: datetime, goods: Fragment, now: datetime | None = None
) -> Fragment:
    """The same for all products of `goods`, which here has a column `place` first: their rows come by place.

    Rows begin with the place, that of the rules being 0.
    """
    parts = _Parts()
    _common(parts, seller_id, entity_id, at, about=Fragment("TRUE"))
    parts.add("goods", goods, materialized=True)
    everything = Fragment("TRUE")
    rows = [_book_row(seller_id, entity_id, at), Fragment(_COLUMN_ROWS), Fragment(_RUNG_ROWS), Fragment(_GOODS_ROWS)]
    rows += _in_force(_PRICE_ROWS, (), everything, at, is_now=now is not None and at >= now)
    rows += _in_force(_OWN_ROWS, (entity_id, seller_id), everything, at)
    told = Fragment(" UNION ALL ".join(row.sql for row in rows), tuple(p for row in rows for p in row.params))
    parts.add("told (tag, product_id, kind_id, value, min_quantity, valid_from, confirmed_at, number, texts)", told)
    sql = """SELECT COALESCE(g.place, 0), t.* FROM told t LEFT JOIN goods g ON g.id = t.product_id
        WHERE t.product_id IS NULL OR g.id IS NOT NULL ORDER BY 1"""
    return Fragment(f"WITH {parts.sql} {sql}", parts.params)


# The groups that the goods lie in, with all above them: rules about others do not concern them.
_ABOVE = """
    SELECT DISTINCT step::bigint AS id FROM goods g, unnest(string_to_array(trim(both '/' FROM g.path), '/')) AS step
    WHERE g.path <> ''
"""
_ABOUT_GOODS = """(
    r.product_id = ANY(%s::bigint[])
    OR r.product_id IS NULL AND (r.category_id IS NULL OR r.category_id = ANY(ARRAY(SELECT id FROM above)))
)"""


class _Parts:
    """Common table expressions with their parameters, in order."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self.params: tuple[Any, ...] = ()

    def add(self, name: str, fragment: Fragment, *, materialized: bool = False) -> None:
        kept = "MATERIALIZED " if materialized else ""
        self._told.append(f"{name} AS {kept}({fragment.sql})")
        self.params += fragment.params

    @property
    def sql(self) -> str:
        return ", ".join(self._told)


def _common(parts: _Parts, seller_id: int, entity_id: int, at: datetime, *, about: Fragment) -> None:
    parts.add("standing", Fragment(_STANDING, (entity_id, seller_id, at, at)))
    parts.add("settings", Fragment(_SETTINGS, (seller_id, at, at)))
    for name, table in (("assigned", "pricing_kindassignment"), ("discounts", "pricing_discount")):
        params = (entity_id, seller_id, *about.params, at, at, seller_id, *about.params, at, at)
        parts.add(name, Fragment(_RULES.format(table=table, about=about.sql), params))
    floor = "SELECT floor_kind_id FROM settings WHERE floor_kind_id IS NOT NULL"
    parts.add("kinds", Fragment(f"SELECT price_kind_id AS id FROM assigned UNION {floor}"))


def _book_row(seller_id: int, entity_id: int, at: datetime) -> Fragment:
    sql = _BOOK_ROW.format(first=_FIRST, roundings=_ROUNDINGS)
    return Fragment(sql, (entity_id, seller_id, at, at, seller_id, at, at))


def _in_force(
    rows: str, first: tuple[Any, ...], products: Fragment, at: datetime, *, is_now: bool = False
) -> Iterable[Fragment]:
    """Open rows and closed ones that had not ended, each found by its partial index."""
    closed = "p.ends_ahead AND p.valid_to > %s" if is_now else "p.valid_to IS NOT NULL AND p.valid_to > %s"
    yield Fragment(rows.format(products=products.sql, period="p.valid_to IS NULL"), (*first, *products.params, at))
    yield Fragment(rows.format(products=products.sql, period=closed), (*first, *products.params, at, at))


def _joined(parts: _Parts, rows: list[Fragment]) -> Fragment:
    sql = f"WITH {parts.sql} " + " UNION ALL ".join(row.sql for row in rows)
    return Fragment(sql, (*parts.params, *(param for row in rows for param in row.params)))
