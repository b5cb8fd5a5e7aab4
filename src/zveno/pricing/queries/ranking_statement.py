"""Own prices of a whole range in SQL, to sort a list by them: the same decision as `rules.deciding`, for lists.

The buyer's rules are read first and become an expression: which column a product takes, what each layer gives by the
product's group and brand, how they combine. Rules about single products and agreed prices are joined. A test compares
the order with that of the pure function in random worlds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zveno.catalog.queries.placing import Fragment
from zveno.kit.money import minor_units
from zveno.partners.queries.actors import TermsValue
from zveno.pricing.rules.choosing import all_columns, all_ladders
from zveno.pricing.rules.facts import Band, Book, Ladder, Layer, Mode, Target, Way
from zveno.pricing.rules.rounding import bands_for

# ruff: noqa: S608 - composed of constants and placeholders
LISTED_LAYERS = (Layer.CONTRACT, Layer.STATUS, Layer.VOLUME, Layer.FIRST_ORDER)
_STEPS = {Way.NEAREST: "round({})", Way.UP: "ceil({})", Way.DOWN: "floor({})"}


def prices_statement(book: Book, terms: TermsValue, *, are_few: bool) -> Fragment:
    """Rows (id, currency, price) for each row of a relation `goods` that stands before in the statement.

    `are_few`: the prices of so few goods are looked up one by one rather than read column by column.
    """
    made = _Making(book, terms)
    kinds = list(dict.fromkeys(column.kind_id for column in book.columns))
    if book.floor_kind_id is not None and book.floor_kind_id not in kinds:
        kinds.append(book.floor_kind_id)
    _groups(made)
    for kind in kinds:
        _kind(made, kind, are_few=are_few)
    _own(made)
    _single_columns(made)
    _single(made)
    joins = " ".join(f"LEFT JOIN {p}{kind} ON {p}{kind}.product_id = g.id" for kind in kinds for p in "bt")
    floor = (
        f"COALESCE(b{book.floor_kind_id}.value, t{book.floor_kind_id}.smallest)"
        if book.floor_kind_id is not None
        else "NULL::numeric"
    )
    brands: list[Any] = []
    based = f"""
        SELECT g.id, {_currency(made, brands)} AS currency, {_base(made, brands)} AS base, {floor} AS floor,
            COALESCE(own.is_closed, FALSE) AS is_final, {", ".join(_layers(made, brands))}
        FROM goods g LEFT JOIN groups s ON s.id = g.category_id LEFT JOIN own ON own.product_id = g.id
        LEFT JOIN single_column ON single_column.product_id = g.id LEFT JOIN single ON single.product_id = g.id {joins}
        OFFSET 0
    """
    made.add("based", based, brands)
    made.add(
        "shared",
        f"""SELECT id, currency, base, is_final, CASE WHEN floor < base THEN floor END AS floor,
            base * CASE WHEN is_final OR base <= floor THEN 1 ELSE {_share(book)} END AS exact FROM based OFFSET 0""",
    )
    least = "ceil(floor * unit) / unit"
    priced = f"""
        SELECT id, currency, CASE WHEN is_final THEN round(base * unit) / unit
            WHEN floor IS NULL THEN {_rounded(book)}
            WHEN exact <= floor THEN {least} ELSE GREATEST({_rounded(book)}, {least}) END AS price
        FROM (SELECT *, {_unit(book)} AS unit FROM shared) AS shared
    """
    return Fragment(f"WITH {made.sql} {priced}", tuple(made.params))


@dataclass(slots=True)
class _Making:
    """The statement as it grows: parts by name, parameters in their order. Currencies are codes of three letters."""

    book: Book
    terms: TermsValue
    parts: list[str] = field(default_factory=list)
    params: list[Any] = field(default_factory=list)

    def add(self, name: str, sql: str, params: Sequence[Any] = ()) -> None:
        self.parts.append(f"{name} AS ({sql})")
        self.params += params

    @property
    def sql(self) -> str:
        return ", ".join(self.parts)


def _groups(made: _Making) -> None:
    """Each group with the place of the first column and ladder of each layer that is about it or one above it."""
    told: list[str] = []
    params: list[Any] = []
    columns = all_columns(made.book)
    for place, column in enumerate(columns):
        if column.target.path:
            told.append(f"c.path LIKE %s AS c{place}")
            params.append(f"{column.target.path}%")
    for layer in LISTED_LAYERS:
        cases = []
        for place, ladder in enumerate(all_ladders(made.book, layer)):
            if ladder.target.path:
                cases.append(f"WHEN c.path LIKE %s THEN {place}")
                params.append(f"{ladder.target.path}%")
        found = f"CASE {' '.join(cases)} END" if cases else "NULL::int"
        told.append(f"{found} AS {layer.value}")
    made.add("groups", f"SELECT c.id, {', '.join(told)} FROM catalog_category c", params)


def _kind(made: _Making, kind_id: int, *, are_few: bool) -> None:
    """The price of each product in a column: `b` that from the first piece, `t` those from larger quantities."""
    at = made.book.at
    rows = f"SELECT p.product_id, p.min_quantity, p.value FROM pricing_price p WHERE p.price_kind_id = {kind_id}"
    if are_few:
        rows += " AND p.product_id = ANY(ARRAY(SELECT id FROM goods))"
    in_force = "p.value > 0 AND p.valid_from <= %s AND p.valid_to IS NULL"
    ending = "p.value > 0 AND p.valid_from <= %s AND p.ends_ahead AND p.valid_to > %s"
    both = f"{rows} AND {{0}} AND {in_force} UNION ALL {rows} AND {{0}} AND {ending}"
    made.add(f"b{kind_id}", both.format("p.min_quantity = 0"), (at, at, at))
    made.add(
        f"t{kind_id}",
        f"""
        SELECT p.product_id,
            (array_agg(p.value ORDER BY p.min_quantity DESC) FILTER (WHERE p.min_quantity <= {_LEAST}))[1] AS reached,
            (array_agg(p.value ORDER BY p.min_quantity))[1] AS smallest
        FROM ({both.format("p.min_quantity > 0")}) AS p JOIN goods g ON g.id = p.product_id GROUP BY p.product_id
        """,
        (at, at, at),
    )


def _value(kind_id: int) -> str:
    """The price in a column for the least quantity."""
    return f"COALESCE(t{kind_id}.reached, b{kind_id}.value, t{kind_id}.smallest)"


_LEAST = "CASE WHEN g.pack_quantity > 0 THEN g.pack_quantity ELSE 1 END"
PERIOD = "r.valid_from <= %s AND (r.valid_to IS NULL OR r.valid_to > %s)"


def _own(made: _Making) -> None:
    """The agreed price that the least quantity reaches."""
    at, terms = made.book.at, made.terms
    made.add(
        "own",
        f"""
        SELECT DISTINCT ON (r.product_id) r.product_id, r.value, r.currency, r.is_closed
        FROM pricing_individualprice r JOIN goods g ON g.id = r.product_id
        WHERE r.buyer_entity_id = %s AND r.seller_id = %s AND {PERIOD} AND r.min_quantity <= {_LEAST}
        ORDER BY r.product_id, r.min_quantity DESC
        """,
        (terms.buyer_entity_id, terms.seller_id, at, at),
    )


def rules_of_products(book: Book, terms: TermsValue, table: str) -> tuple[str, list[Any]]:
    """Rules about single products in force for the buyer, with how near they are (`audience`)."""
    at = book.at
    standing = """SELECT b.standing_id FROM pricing_buyerstanding b WHERE b.buyer_entity_id = %s AND b.seller_id = %s
        AND b.valid_from <= %s AND (b.valid_to IS NULL OR b.valid_to > %s)"""
    sql = f"""
        SELECT r.*, 2 AS audience FROM {table} r
        WHERE r.buyer_entity_id = %s AND r.seller_id = %s AND r.product_id IS NOT NULL AND {PERIOD}
        UNION ALL SELECT r.*, CASE WHEN r.standing_id IS NULL THEN 0 ELSE 1 END FROM {table} r
        WHERE r.buyer_entity_id IS NULL AND r.seller_id = %s AND r.product_id IS NOT NULL AND {PERIOD}
          AND (r.standing_id IS NULL OR r.standing_id = ({standing}))
    """
    own = [terms.buyer_entity_id, terms.seller_id, at, at]
    return sql, [*own, terms.seller_id, at, at, *own]


def _single_columns(made: _Making) -> None:
    """The price by the first column about the product alone that has one."""
    rules, params = rules_of_products(made.book, made.terms, "pricing_kindassignment")
    at = made.book.at
    rows = """SELECT p.value, p.min_quantity FROM pricing_price p WHERE p.price_kind_id = r.price_kind_id
        AND p.product_id = r.product_id AND p.value > 0 AND p.valid_from <= %s"""
    made.add(
        "single_column",
        f"""
        SELECT DISTINCT ON (r.product_id) r.product_id, p.value, k.currency
        FROM ({rules}) AS r JOIN goods g ON g.id = r.product_id
        JOIN pricing_pricekind k ON k.id = r.price_kind_id
        CROSS JOIN LATERAL (
            {rows} AND p.valid_to IS NULL UNION ALL {rows} AND p.ends_ahead AND p.valid_to > %s
        ) AS p
        ORDER BY r.product_id, r.audience DESC, r.rank, r.id, p.min_quantity > {_LEAST},
            CASE WHEN p.min_quantity <= {_LEAST} THEN -p.min_quantity ELSE p.min_quantity END
        """,
        (*params, at, at, at),
    )


def _single(made: _Making) -> None:
    """What each layer gives by rules about the product alone; null where there is none."""
    rules, params = rules_of_products(made.book, made.terms, "pricing_discount")
    told = ", ".join(
        f"CASE WHEN bool_or(layer = '{layer.value}') THEN COALESCE(max(percent) FILTER (WHERE layer = '{layer.value}' "
        f"AND audience = nearest AND threshold <= least), 0) END AS {layer.value}"
        for layer in LISTED_LAYERS
    )
    made.add(
        "single",
        f"""
        SELECT product_id, {told} FROM (
            SELECT r.product_id, r.layer, r.percent, r.audience, {_LEAST} AS least,
                CASE WHEN r.layer = 'volume' THEN r.threshold ELSE 0 END AS threshold,
                max(r.audience) OVER (PARTITION BY r.product_id, r.layer) AS nearest
            FROM ({rules}) AS r JOIN goods g ON g.id = r.product_id
        ) AS found GROUP BY product_id
        """,
        params,
    )


def _base(made: _Making, params: list[Any]) -> str:
    values = [
        f"CASE WHEN {_covers(column.target, f's.c{place}', params)} THEN {_value(column.kind_id)} END"
        for place, column in enumerate(all_columns(made.book))
    ]
    return f"COALESCE({', '.join(['own.value', 'single_column.value', *values])})"


def _currency(made: _Making, params: list[Any]) -> str:
    whens = [
        "WHEN own.value IS NOT NULL THEN own.currency",
        "WHEN single_column.value IS NOT NULL THEN single_column.currency",
    ]
    for place, column in enumerate(all_columns(made.book)):
        covers = _covers(column.target, f"s.c{place}", params)
        whens.append(f"WHEN {covers} AND {_value(column.kind_id)} IS NOT NULL THEN '{column.currency}'")
    return f"CASE {' '.join(whens)} END"


def _covers(target: Target, of_group: str, params: list[Any]) -> str:
    if target.path:
        return of_group
    if not target.brand:
        return "TRUE"
    params.append(target.brand)
    return "g.brand = %s"


def _layers(made: _Making, params: list[Any]) -> list[str]:
    """What each layer gives, as columns of its name: the product's own rule, the group's, the brand's, everybody's."""
    found = []
    for layer in LISTED_LAYERS:
        if layer is Layer.FIRST_ORDER and not made.book.is_first_order:
            found.append(f"0::numeric AS {layer.value}")
            continue
        by_group, others = [], []
        for place, ladder in enumerate(all_ladders(made.book, layer)):
            given = _at_least(ladder)
            if ladder.target.path:
                by_group.append(f"WHEN {place} THEN {given}")
            else:
                others.append(f"WHEN {_covers(ladder.target, '', params)} THEN {given}")
        parts = [f"single.{layer.value}"]
        parts += [f"CASE s.{layer.value} {' '.join(by_group)} END"] if by_group else []
        parts += [f"CASE {' '.join(others)} END"] if others else []
        found.append(f"COALESCE({', '.join([*parts, '0'])}) AS {layer.value}")
    return found


def _at_least(ladder: Ladder) -> str:
    """What a ladder gives for the least quantity."""
    if ladder.layer is not Layer.VOLUME:
        return str(max(rung.percent for rung in ladder.rungs))
    best, whens = Decimal(0), list[str]()
    for rung in ladder.rungs:
        best = max(best, rung.percent)
        whens.insert(0, f"WHEN {_LEAST} >= {rung.threshold} THEN {best}")
    return f"CASE {' '.join(whens)} ELSE 0 END"


def _share(book: Book) -> str:
    """What is left of the base after the layers and the cap."""
    names = [layer.value for layer in LISTED_LAYERS]
    if book.mode is Mode.CHAIN:
        share = " * ".join(f"(100 - {name}) * 0.01" for name in names)
    elif book.mode is Mode.SUM:
        share = f"GREATEST(0, 100 - {' - '.join(names)}) * 0.01"
    else:
        share = f"(100 - GREATEST({', '.join(names)})) * 0.01"
    return share if book.cap_percent is None else f"GREATEST({share}, {(100 - book.cap_percent) / 100})"


def _currencies(book: Book) -> list[str]:
    return sorted({column.currency for column in book.columns} | set(book.bands))


def _unit(book: Book) -> str:
    whens = [f"WHEN '{one}' THEN {10 ** minor_units(one)}" for one in _currencies(book) if minor_units(one) != 2]
    return f"CASE currency {' '.join(whens)} ELSE 100 END" if whens else "100"


def _rounded(book: Book) -> str:
    whens = []
    for currency in _currencies(book):
        bands = bands_for(book.bands.get(currency, ()), currency)
        steps = " ".join(f"WHEN exact >= {band.from_amount} THEN {_step(band)}" for band in reversed(bands))
        whens.append(f"WHEN '{currency}' THEN CASE {steps} END")
    return f"CASE currency {' '.join(whens)} ELSE round(exact, 2) END"


def _step(band: Band) -> str:
    count = _STEPS[band.way].format(f"exact * {1 / band.step}")
    return f"GREATEST({count}, 1) * {band.step}"
