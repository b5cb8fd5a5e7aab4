"""Take what a source tells of many products at once: new ones are copied in, changed ones updated."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from zveno.base.tx import in_transaction
from zveno.catalog.actions.take_attachments import take_attachments
from zveno.catalog.rules.cards import ProductCard, ProductRow, followed, merged
from zveno.catalog.rules.search import search_text
from zveno.kit.codes import fold_code

_COLUMNS = (
    "id, owner_id, category_id, variant_of_id, code, code_folded, name, brand, description, unit, unit_code,"
    " pack_quantity, attributes, barcodes, weight_g, vat_percent, has_variants, search_text, deleted_at, updated_at"
)
_READ = (
    "SELECT id, name, variant_of_id, category_id, code, brand, description, unit, unit_code, pack_quantity,"
    " attributes, barcodes, weight_g, vat_percent, deleted_at IS NOT NULL FROM catalog_product"
)
_UPDATED = (
    "category_id, variant_of_id, code, code_folded, name, brand, description, unit, unit_code, pack_quantity,"
    " attributes, barcodes, weight_g, vat_percent, search_text, deleted_at, updated_at"
)

# One staging table for the connection's life: making one per batch would bloat PostgreSQL's own catalog.
_LIKE_PRODUCTS = f"SELECT id, {_UPDATED} FROM catalog_product WHERE false"  # noqa: S608 - columns from above
_STAGING = f"CREATE TEMP TABLE IF NOT EXISTS told_products ON COMMIT DELETE ROWS AS {_LIKE_PRODUCTS}"
_FILL_STAGING = f"COPY told_products (id, {_UPDATED}) FROM STDIN"
# The first moment of a deletion stands.
_DELETED = "CASE WHEN t.deleted_at IS NULL THEN NULL ELSE COALESCE(p.deleted_at, t.deleted_at) END"
_SETS = ", ".join(f"{name} = {_DELETED if name == 'deleted_at' else f't.{name}'}" for name in _UPDATED.split(", "))
_FROM_STAGING = f"UPDATE catalog_product p SET {_SETS} FROM told_products t WHERE p.id = t.id"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one card: the product's id, and `created`, `changed`, `deleted` or `unchanged`."""

    product_id: int
    outcome: str


@in_transaction
def take_products(*, owner_id: int, cards: Sequence[ProductCard], now: datetime) -> list[Taken]:
    """Bring the products of `owner_id` in line with `cards` (at most one per product), in the order of the cards.

    New products are listed for their owner; a deleted one leaves the list and comes back when told again. Variants
    follow their base in what they had from it. Bulk work of the system: needs the owner's database role.
    """
    known = _read([card.product_id for card in cards if card.product_id is not None])
    bases = _read([card.variant_of_id for card in cards if card.variant_of_id is not None])
    fresh = iter(_new_ids(sum(card.product_id is None for card in cards)))
    rows: list[tuple[int, ProductRow]] = []
    outcomes: list[Taken] = []
    for card in cards:
        before = known.get(card.product_id) if card.product_id is not None else None
        product_id = card.product_id if card.product_id is not None else next(fresh)
        row = merged(card, known=before, base=bases.get(card.variant_of_id) if card.variant_of_id else None)
        outcomes.append(Taken(product_id, _outcome(before, row)))
        rows.append((product_id, row))
    created = [pair for pair, taken in zip(rows, outcomes, strict=True) if taken.outcome == "created"]
    changed = [pair for pair, taken in zip(rows, outcomes, strict=True) if taken.outcome in ("changed", "deleted")]
    _insert(owner_id, created, now)
    _update(changed, now)
    _mark_bases({row.variant_of_id for _, row in created if row.variant_of_id is not None})
    _lead_variants({i: known[i] for i, _ in changed if i in known}, dict(changed), now)
    _list(owner_id, created, changed, now)
    take_attachments(
        told=[
            (taken.product_id, card.attachments, not card.fills_only)
            for card, taken in zip(cards, outcomes, strict=True)
            if card.attachments is not None
        ],
        created={product_id for product_id, _ in created},
    )
    return outcomes


def _outcome(before: ProductRow | None, row: ProductRow) -> str:
    if before is None:
        return "created"
    if before == row:
        return "unchanged"
    return "deleted" if row.deleted and not before.deleted else "changed"


def _read(ids: Sequence[int | None]) -> dict[int, ProductRow]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"{_READ} WHERE id = ANY(%s)", [list(ids)])
        return {row[0]: _row(row) for row in cursor.fetchall()}


def _row(row: Sequence[Any]) -> ProductRow:
    attributes = row[10] if isinstance(row[10], dict) else json.loads(row[10])
    told = (*row[1:10], attributes, tuple(row[11]), *row[12:])
    return ProductRow(*told)


def _new_ids(count: int) -> list[int]:
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('catalog_product', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _insert(owner_id: int, rows: Iterable[tuple[int, ProductRow]], now: datetime) -> None:
    lines = [
        (
            *(product_id, owner_id, row.category_id, row.variant_of_id, row.code, fold_code(row.code), row.name),
            *(row.brand, row.description, row.unit, row.unit_code, row.pack_quantity),
            *(_json(row), list(row.barcodes), row.weight_g, row.vat_percent, False, _text(row)),
            *(now if row.deleted else None, now),
        )
        for product_id, row in rows
    ]
    _copy(f"COPY catalog_product ({_COLUMNS}) FROM STDIN", lines)


def _update(rows: Sequence[tuple[int, ProductRow]], now: datetime) -> None:
    if not rows:
        return
    lines = [
        (
            *(product_id, row.category_id, row.variant_of_id, row.code, fold_code(row.code), row.name, row.brand),
            *(row.description, row.unit, row.unit_code, row.pack_quantity, _json(row), list(row.barcodes)),
            *(row.weight_g, row.vat_percent, _text(row), now if row.deleted else None, now),
        )
        for product_id, row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(_STAGING)
        cursor.execute("TRUNCATE told_products")
        _copy(_FILL_STAGING, lines)
        cursor.execute(_FROM_STAGING)


def _mark_bases(ids: set[int]) -> None:
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE catalog_product SET has_variants = true WHERE id = ANY(%s) AND NOT has_variants", [list(ids)]
            )


def _lead_variants(before: dict[int, ProductRow], after: dict[int, ProductRow], now: datetime) -> None:
    """Variants take over what changed in their base."""
    if not before:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"{_READ} WHERE variant_of_id = ANY(%s)", [list(before)])
        variants = {row[0]: _row(row) for row in cursor.fetchall()}
    led = []
    for variant_id, variant in variants.items():
        base_id = variant.variant_of_id
        assert base_id is not None
        row = followed(variant, before=before[base_id], after=after[base_id])
        if row != variant:
            led.append((variant_id, row))
    _update(led, now)


def _list(
    owner_id: int, created: Sequence[tuple[int, ProductRow]], changed: Sequence[tuple[int, ProductRow]], now: datetime
) -> None:
    _copy(
        "COPY catalog_listing (seller_id, product_id, category_id, is_active, listed_at) FROM STDIN",
        [(owner_id, product_id, row.category_id, not row.deleted, now) for product_id, row in created],
    )
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE catalog_listing l SET is_active = p.deleted_at IS NULL, category_id = p.category_id"
                " FROM catalog_product p WHERE p.id = l.product_id AND l.seller_id = %s AND p.id = ANY(%s)",
                [owner_id, [product_id for product_id, _ in changed]],
            )


def _json(row: ProductRow) -> str:
    return json.dumps(row.attributes, ensure_ascii=False)


def _text(row: ProductRow) -> str:
    return search_text(code=row.code, name=row.name, brand=row.brand, barcodes=row.barcodes)


def _copy(statement: str, lines: Sequence[tuple[Any, ...]]) -> None:
    if not lines:
        return
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(line)


__all__ = ["Taken", "take_products"]
