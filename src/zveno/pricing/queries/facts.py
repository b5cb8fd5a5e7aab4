"""The facts behind prices, as the pure function takes them: a buyer's rule book and what is known of each product."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection

from zveno.base.arrays import number_array
from zveno.catalog.queries.placing import Fragment, placed
from zveno.pricing.queries.statements import book_statement, facts_statement, list_statement
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

_PIECE = 5000


def read_book(*, seller_id: int, entity_id: int, at: datetime) -> Book:
    """The buyer's rules with the seller at the moment `at`, as far as the current scope sees. One statement."""
    return _read(book_statement(seller_id=seller_id, entity_id=entity_id, at=at), at)[0]


def read_facts(
    *, seller_id: int, entity_id: int, product_ids: Collection[int], at: datetime
) -> tuple[Book, dict[int, Goods]]:
    """The buyer's rules about any of the products, and the facts of each by id. One statement."""
    goods = placed(seller_id=seller_id, product_ids=product_ids)
    ids = number_array(product_ids)
    return _read(facts_statement(seller_id=seller_id, entity_id=entity_id, at=at, goods=goods, ids=ids), at)


def read_list(
    *, seller_id: int, entity_id: int, goods: Fragment, at: datetime, now: datetime
) -> Iterator[tuple[Book, Goods]]:
    """The facts of a whole list of products in its order, streamed. One statement, memory stays flat.

    `goods` are rows (place, id, category_id, path, brand, pack_quantity), place from 1.
    """
    statement = list_statement(seller_id=seller_id, entity_id=entity_id, at=at, goods=goods, now=now)
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        rows = ((row[0], _Row(*row[1:])) for row in _streamed(cursor))
        gathered = _Gathered()
        book: Book | None = None
        for place, of_place in groupby(rows, key=lambda pair: pair[0]):
            for _, row in of_place:
                gathered.take(row)
            if place == 0:
                book = gathered.book(at)
                gathered.keep_rules_of_products()
            elif book is not None:
                yield from ((book, goods) for goods in gathered.goods().values())
                gathered.forget_products()


def _streamed(cursor: Any) -> Iterator[Any]:
    while rows := cursor.fetchmany(_PIECE):
        yield from rows


class _Row(NamedTuple):
    tag: str
    product_id: int | None
    kind_id: int | None
    value: Decimal | None
    min_quantity: Decimal | None
    valid_from: str
    confirmed_at: str
    number: int | None
    texts: Sequence[str]


def _read(statement: Fragment, at: datetime) -> tuple[Book, dict[int, Goods]]:
    gathered = _Gathered()
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        for row in cursor.fetchall():
            gathered.take(_Row(*row))
    return gathered.book(at), gathered.goods()


@dataclass(slots=True)
class _Gathered:
    """Rows of the statement on their way into facts."""

    told: dict[str, Any] = field(default_factory=dict)
    columns: dict[int | None, list[Column]] = field(default_factory=dict)
    rungs: dict[int | None, list[Rung]] = field(default_factory=dict)
    places: dict[int, tuple[str, str, Decimal]] = field(default_factory=dict)
    prices: dict[int, list[PriceRow]] = field(default_factory=dict)
    own: dict[int, list[OwnPrice]] = field(default_factory=dict)

    def take(self, row: _Row) -> None:
        """Put one row where it belongs."""
        key = row.product_id or 0
        match row.tag:
            case "price":
                self.prices.setdefault(key, []).append(_price(row))
            case "goods":
                self.places[key] = (row.texts[0], row.texts[1], row.value or Decimal(1))
            case "own":
                self.own.setdefault(key, []).append(_own(row))
            case "column":
                self.columns.setdefault(row.product_id, []).append(_column(row))
            case "rung":
                self.rungs.setdefault(row.product_id, []).append(_rung(row))
            case "book":
                self.told = json.loads(row.texts[0])

    def book(self, at: datetime) -> Book:
        """The rules about groups, brands and everything."""
        told = self.told
        cap, since = told.get("cap"), told.get("status_since")
        return Book(
            at=at,
            columns=tuple(self.columns.get(None, ())),
            ladders=ladders_of(self.rungs.get(None, [])),
            mode=Mode(told.get("mode") or Mode.LARGEST),
            cap_percent=Decimal(cap) if cap is not None else None,
            floor_kind_id=told.get("floor_kind_id"),
            floor_kind=told.get("floor_kind") or "",
            bands={currency: bands_of(bands) for currency, bands in (told.get("bands") or {}).items()},
            status=told.get("status") or "",
            status_since=datetime.fromisoformat(since) if since else None,
            is_first_order=bool(told.get("first")),
        )

    def goods(self) -> dict[int, Goods]:
        """What is known of each product."""
        return {
            key: Goods(
                product_id=key,
                path=path,
                brand=brand,
                pack_quantity=pack,
                prices=tuple(self.prices.get(key, ())),
                own_prices=tuple(self.own.get(key, ())),
                columns=tuple(self.columns.get(key, ())),
                ladders=ladders_of(self.rungs[key]) if key in self.rungs else (),
            )
            for key, (path, brand, pack) in self.places.items()
        }

    def keep_rules_of_products(self) -> None:
        """The rules about everything are in the book now."""
        self.columns.pop(None, None)
        self.rungs.pop(None, None)

    def forget_products(self) -> None:
        """What was given away takes no memory."""
        self.places.clear()
        self.prices.clear()
        self.own.clear()


def bands_of(told: Iterable[dict[str, str]]) -> tuple[Band, ...]:
    """Bands of rounding as they are stored."""
    return tuple(Band(Decimal(one["from"]), Decimal(one["step"]), Way(one["way"])) for one in told)


@lru_cache(maxsize=8192)
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _price(row: Any) -> PriceRow:
    return PriceRow(row[2], row[3], row[4], _moment(row[5]), _moment(row[6]))


def _own(row: _Row) -> OwnPrice:
    assert row.value is not None and row.min_quantity is not None
    currency, vat, closed, contract, set_by = row.texts
    origin = Origin(_moment(row.valid_from), contract, set_by)
    return OwnPrice(row.value, row.min_quantity, currency, vat == "true", closed == "true", origin)


def _column(row: _Row) -> Column:
    assert row.kind_id is not None and row.number is not None and row.value is not None
    audience, path, brand, name, contract, set_by, kind, currency, vat, region = row.texts
    return Column(
        id=row.number,
        kind_id=row.kind_id,
        kind_name=kind,
        currency=currency,
        vat_included=vat == "true",
        target=_target(row.product_id, path, brand, name),
        audience=Audience(int(audience)),
        rank=int(row.value),
        origin=Origin(_moment(row.valid_from), contract, set_by),
        region=region,
    )


def _rung(row: _Row) -> Rung:
    assert row.number is not None and row.value is not None and row.min_quantity is not None
    audience, path, brand, name, contract, set_by, layer, currency = row.texts
    return Rung(
        id=row.number,
        layer=Layer(layer),
        target=_target(row.product_id, path, brand, name),
        audience=Audience(int(audience)),
        threshold=row.min_quantity,
        percent=row.value,
        origin=Origin(_moment(row.valid_from), contract, set_by),
        currency=currency,
    )


def _target(product_id: int | None, path: str, brand: str, name: str) -> Target:
    return Target(product_id=product_id) if product_id is not None else Target(path=path, brand=brand, name=name)
