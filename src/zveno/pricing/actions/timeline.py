"""Writing facts that have periods: what holds from a moment on, set-based; what was before is kept.

A fact is put at a moment: the row in force then ends there, the new one holds until the row in force would have ended,
or until the next one that is planned. The same again changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection

from zveno.base.arrays import text_array
from zveno.base.scope import current

_PIECE = 20_000
# ruff: noqa: S608 - composed of constants and placeholders


@dataclass(frozen=True, slots=True)
class Counts:
    """What taking facts did, in rows; `outcomes` say it of each row in its order: `created`, `changed`, `unchanged`."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    outcomes: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.outcomes + other.outcomes,
        )


@dataclass(frozen=True, slots=True)
class Timeline:
    """A table of facts: `keys` say what a fact is about, `facts` what it says; both with their PostgreSQL types.

    A key in `optional` may be null. `marks_ends`: a row that ends ahead says so in `ends_ahead`, and `confirmed_at` is
    kept instead of the author.
    """

    table: str
    keys: Mapping[str, str]
    facts: Mapping[str, str]
    optional: frozenset[str] = frozenset()
    marks_ends: bool = False

    def put(self, rows: Iterable[Sequence[Any]], *, fixed: Mapping[str, Any], at: datetime, now: datetime) -> Counts:
        """Let each row (keys, then facts, in their order) hold from `at` on. Two statements for 20,000 rows.

        `fixed` are columns that are the same for all rows and part of what they are about: seller, buyer. No two rows
        are about the same. The caller holds the seller's lock.
        """
        counts = Counts()
        remaining = iter(rows)
        while piece := list(islice(remaining, _PIECE)):
            counts += self._put(piece, fixed, at, now)
        return counts

    def _put(self, rows: list[Sequence[Any]], fixed: Mapping[str, Any], at: datetime, now: datetime) -> Counts:
        columns = [*self.keys, *self.facts]
        types = {**self.keys, **self.facts}
        arrays = {name: _array(types[name], [row[place] for row in rows]) for place, name in enumerate(columns)}
        params: dict[str, Any] = {**arrays, **{f"fixed_{name}": value for name, value in fixed.items()}}
        params |= {"at": at, "now": now, **_author()}
        named = ", ".join(f"%({name})s::{types[name]}[]" for name in columns)
        told = f"unnest({named}) WITH ORDINALITY AS told ({', '.join(columns)}, n)"
        with connection.cursor() as cursor:
            cursor.execute(self._closing(told, fixed), params)
            met = {n: (same, until) for n, same, until in cursor.fetchall()}
            fresh = [n for n in range(1, len(rows) + 1) if n not in met or not met[n][0]]
            if fresh:
                params["fresh"], params["until"] = fresh, [met[n][1] if n in met else None for n in fresh]
                params["met"] = [n in met for n in fresh]
                cursor.execute(self._opening(told, fixed), params)
        outcomes = ["unchanged" if n in met else "created" for n in range(1, len(rows) + 1)]
        for n in fresh:
            if n in met:
                outcomes[n - 1] = "changed"
        created, changed = len(rows) - len(met), sum(1 for n in fresh if n in met)
        return Counts(created, changed, len(met) - changed, tuple(outcomes))

    def end(self, ids: Sequence[int], *, at: datetime, now: datetime) -> int:
        """End rows at the moment, one that has not begun by then at its beginning; how many. The ended stay so."""
        ahead = ", ends_ahead = greatest(valid_from, %(at)s) > %(now)s" if self.marks_ends else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"""UPDATE {self.table} SET valid_to = greatest(valid_from, %(at)s){ahead}
                WHERE id = ANY(%(ids)s) AND (valid_to IS NULL OR valid_to > greatest(valid_from, %(at)s))""",
                {"ids": list(ids), "at": at, "now": now},
            )
            return int(cursor.rowcount)

    def _closing(self, told: str, fixed: Mapping[str, Any]) -> str:
        """Closes what differs, confirms what is the same; gives number, whether it is the same, its end before."""
        same = " AND ".join(f"r.{name} IS NOT DISTINCT FROM told.{name}" for name in self.facts)
        about = self._about(fixed)
        ending = "r.ends_ahead AND r.valid_to > %(at)s" if self.marks_ends else "r.valid_to > %(at)s"
        found = f"SELECT r.id, told.n, ({same}) AS same, r.valid_to AS until FROM {told} JOIN {self.table} r ON {about}"
        changes = "valid_to = CASE WHEN found.same THEN r.valid_to ELSE %(at)s END"
        if self.marks_ends:
            changes += """, ends_ahead = CASE WHEN found.same THEN r.ends_ahead ELSE %(at)s > %(now)s END,
                confirmed_at = CASE WHEN found.same THEN %(now)s ELSE r.confirmed_at END"""
        touched = "" if self.marks_ends else " AND NOT found.same"
        return f"""
            WITH found AS MATERIALIZED (
                {found} WHERE r.valid_to IS NULL AND r.valid_from <= %(at)s
                UNION ALL {found} WHERE {ending} AND r.valid_from <= %(at)s
            ), closed AS (
                UPDATE {self.table} AS r SET {changes} FROM found WHERE r.id = found.id{touched}
            )
            SELECT n, same, until FROM found
        """

    def _opening(self, told: str, fixed: Mapping[str, Any]) -> str:
        columns = [*self.keys, *self.facts]
        own = ["confirmed_at", "ends_ahead"] if self.marks_ends else ["recorded_at", "author_id", "author_name"]
        until = "CASE WHEN fresh.met THEN fresh.until ELSE later.first END"
        values = ["%(now)s", f"{until} IS NOT NULL"] if self.marks_ends else ["%(now)s", "%(author)s", "%(name)s"]
        about = self._about(fixed)
        planned = "r.ends_ahead" if self.marks_ends else "r.valid_to IS NOT NULL AND r.valid_to > r.valid_from"
        ahead = f"SELECT r.valid_from FROM {self.table} r WHERE {about} AND r.valid_from > %(at)s"
        return f"""
            INSERT INTO {self.table} ({", ".join([*fixed, *columns, "valid_from", "valid_to", *own])})
            SELECT {", ".join([*(f"%(fixed_{name})s" for name in fixed), *(f"told.{name}" for name in columns)])},
                %(at)s, {until}, {", ".join(values)}
            FROM {told}
            JOIN unnest(%(fresh)s::bigint[], %(until)s::timestamptz[], %(met)s::boolean[]) AS fresh (n, until, met)
                ON fresh.n = told.n
            LEFT JOIN LATERAL (
                SELECT min(ahead.valid_from) AS first
                FROM ({ahead} AND r.valid_to IS NULL UNION ALL {ahead} AND {planned}) AS ahead
            ) AS later ON NOT fresh.met
        """

    def _about(self, fixed: Mapping[str, Any]) -> str:
        """That a row is about the same as a told one. Null in `fixed` means that the column is empty."""
        same = [
            f"r.{name} = %(fixed_{name})s" if value is not None else f"r.{name} IS NULL"
            for name, value in fixed.items()
        ]
        for name in self.keys:
            optional = name in self.optional
            same.append(f"COALESCE(r.{name}, 0) = COALESCE(told.{name}, 0)" if optional else f"r.{name} = told.{name}")
        return " AND ".join(same)


def _array(kind: str, values: Sequence[Any]) -> str:
    """PostgreSQL's own words for an array (see `base.arrays`)."""
    if kind in ("bigint", "smallint", "numeric"):
        return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"
    if kind == "boolean":
        return "{" + ",".join("t" if value else "f" for value in values) + "}"
    if kind == "jsonb":
        return text_array(json.dumps(value, ensure_ascii=False) for value in values)
    if kind == "timestamptz":
        return "{" + ",".join("NULL" if value is None else f'"{value.isoformat()}"' for value in values) + "}"
    return text_array(values)


def _author() -> dict[str, Any]:
    scope = current()
    return {"author": scope.user_id, "name": scope.actor_name or "system"}


PRICES = Timeline(
    "pricing_price",
    {"price_kind_id": "bigint", "product_id": "bigint", "min_quantity": "numeric"},
    {"value": "numeric"},
    marks_ends=True,
)
AGREED_PRICES = Timeline(
    "pricing_individualprice",
    {"product_id": "bigint", "min_quantity": "numeric"},
    {
        "value": "numeric",
        "currency": "text",
        "vat_included": "boolean",
        "is_closed": "boolean",
        "contract_number": "text",
    },
)
_TARGET = {"product_id": "bigint", "category_id": "bigint", "brand": "text"}
COLUMNS = Timeline(
    "pricing_kindassignment",
    {**_TARGET, "rank": "smallint"},
    {"price_kind_id": "bigint", "contract_number": "text"},
    optional=frozenset({"product_id", "category_id"}),
)
DISCOUNTS = Timeline(
    "pricing_discount",
    {**_TARGET, "layer": "text", "threshold": "numeric", "currency": "text"},
    {"percent": "numeric", "contract_number": "text"},
    optional=frozenset({"product_id", "category_id"}),
)
STANDING_RULES = Timeline(
    "pricing_standingrule",
    {"standing_id": "bigint"},
    {"test": "text", "min_total": "numeric", "months": "smallint", "credit_limit": "numeric"},
)
BUYER_STANDINGS = Timeline(
    "pricing_buyerstanding",
    {"buyer_entity_id": "bigint"},
    {"standing_id": "bigint", "source": "text", "reason": "jsonb", "is_held": "boolean", "held_until": "timestamptz"},
)
COMBINATIONS = Timeline(
    "pricing_combination",
    {"seller_id": "bigint"},
    {"mode": "text", "cap_percent": "numeric", "floor_kind_id": "bigint"},
)
ROUNDINGS = Timeline("pricing_rounding", {"currency": "text"}, {"bands": "jsonb"})
