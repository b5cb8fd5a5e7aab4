"""The supply of products as one buyer may see and be promised it, by warehouse, with how fresh the figures are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from zveno.base.scope import current
from zveno.stock.models import Arrival, Balance
from zveno.stock.queries.policies import OPENED, POLICY_COLUMNS, opened_params, policy_from
from zveno.stock.rules.policy import NOTHING, Figure, Policy
from zveno.stock.rules.promise import availability
from zveno.stock.rules.values import ZERO, Supply, SupplyKind
from zveno.stock.rules.words import Confidence, Figures, Opens, Promising


@dataclass(frozen=True, slots=True)
class ShelfValue:
    """A warehouse's shelf as a buyer sees it. `is_served`: it ships to the buyer; otherwise only the manager can ask.

    `confirmed_at`: when the ERP last counted it.
    """

    warehouse_id: int
    warehouse: str
    city: str
    free: Figure
    is_served: bool
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class ArrivalValue:
    """Goods on their way, with what of them is free, how sure they are and how they are promised."""

    id: int
    warehouse_id: int
    warehouse: str
    city: str
    due_on: date
    free: Figure
    confidence: Confidence
    promising: Promising
    is_served: bool
    confirmed_at: datetime

    @property
    def is_promised(self) -> bool:
        """Whether an order may count on it, at least when somebody confirms."""
        return self.is_served and self.promising in (Promising.PROMISE, Promising.ASK)


@dataclass(frozen=True)
class ProductSupply:
    """All supply of one product that the buyer may know of; `supplies` is what may be promised, exactly.

    `costs` are those of a shipment from each warehouse.
    """

    product_id: int
    shelves: tuple[ShelfValue, ...]
    arrivals: tuple[ArrivalValue, ...]
    supplies: tuple[Supply, ...]
    costs: dict[int, Decimal]
    policy: Policy
    figures: Figures
    free_now: Figure

    @property
    def next_arrival(self) -> ArrivalValue | None:
        """What comes first of what may be promised."""
        return next((one for one in self.arrivals if one.is_promised), None)

    @cached_property
    def confirmed_at(self) -> datetime | None:
        """The oldest word of the ERP among the figures; `None` without any."""
        moments = [shelf.confirmed_at for shelf in self.shelves] + [one.confirmed_at for one in self.arrivals]
        return min(moments, default=None)

    def availability(self, today: date) -> tuple[tuple[date, Figure], ...]:
        """How much can be promised today and from each later day, as the buyer may know it."""
        steps = availability(self.supplies, today=today)
        return tuple((step.on, self.policy.figure(step.quantity, self.figures)) for step in steps)


def supply_of(
    *, product_ids: Collection[int], sellers: Collection[int], today: date, entity_id: int | None
) -> dict[int, ProductSupply]:
    """The supply of each product at the warehouses of `sellers` that are open to the buyer's entity. One SQL statement.

    Every asked product is in the answer. Arrivals due before `today` are left out: they are late without word.
    """
    if not product_ids:
        return {}
    found: defaultdict[int, list[_Row]] = defaultdict(list)
    for row in _rows(product_ids, sellers, today, entity_id):
        found[row.product_id].append(row)
    return {key: _supply_of(key, found[key]) for key in product_ids}


class _Row(NamedTuple):
    kind: str
    id: int
    product_id: int
    free: Decimal
    due_on: date | None
    confidence: str
    confirmed_at: datetime
    warehouse_id: int
    warehouse: str
    city: str
    opens: str
    figures: str
    distance: int
    policy: Policy


def _rows(product_ids: Collection[int], sellers: Collection[int], today: date, entity_id: int | None) -> list[_Row]:
    """Shelves and arrivals with what their warehouse is to the buyer: all in one statement."""
    own = {"product_id__in": product_ids, "seller_id__in": sellers}
    shelves = Balance.objects.visible_to(current()).filter(**own).exclude(on_hand=F("reserved"))
    arrivals = Arrival.objects.visible_to(current()).filter(**own, closed_at=None, due_on__gte=today)
    try:
        shelf_sql, shelf_params = _sql(shelves.annotate(free=F("on_hand") - F("reserved")))
        arrival_sql, arrival_params = _sql(
            arrivals.filter(quantity__gt=F("reserved")).annotate(free=F("quantity") - F("reserved")),
            "due_on",
            "confidence",
        )
    except EmptyResultSet:
        return []
    place = f"opened.id, opened.name, opened.city, opens, figures, distance, {POLICY_COLUMNS}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE {OPENED}
            SELECT 'shelf', one.id, product_id, free, NULL::date, 'confirmed', confirmed_at, {place}
            FROM ({shelf_sql}) AS one JOIN opened ON opened.id = one.warehouse_id WHERE opens <> 'hidden'
            UNION ALL
            SELECT 'arrival', one.id, product_id, free, due_on, confidence, confirmed_at, {place}
            FROM ({arrival_sql}) AS one JOIN opened ON opened.id = one.warehouse_id WHERE opens <> 'hidden'
            """,  # noqa: S608 - the ORM's own statements
            [*opened_params(sellers=sellers, entity_id=entity_id), *shelf_params, *arrival_params],
        )
        policies: dict[tuple[Any, ...], Policy] = {}
        rows = [_Row._make((*row[:13], _policy(row[13:], policies))) for row in cursor.fetchall()]
    rows = [row for row in rows if _promising(row) is not Promising.HIDE]
    return sorted(rows, key=lambda row: (row.due_on or date.min, row.warehouse, row.id))


def _sql(rows: QuerySet[Any], *more: str) -> tuple[str, tuple[Any, ...]]:
    return rows.values("id", "product_id", "warehouse_id", "confirmed_at", "free", *more).query.sql_with_params()


def _policy(columns: tuple[Any, ...], known: dict[tuple[Any, ...], Policy]) -> Policy:
    if columns not in known:
        known[columns] = policy_from(columns)
    return known[columns]


def _promising(row: _Row) -> Promising:
    return row.policy.promising(Confidence(row.confidence)) if row.due_on else Promising.PROMISE


def _supply_of(product_id: int, rows: list[_Row]) -> ProductSupply:
    if not rows:
        return ProductSupply(product_id, (), (), (), {}, Policy(), Figures.EXACT, NOTHING)
    policy, served = rows[0].policy, [row for row in rows if row.opens == Opens.SERVED]
    shelves = [row for row in rows if row.kind == SupplyKind.SHELF and row.free > 0]
    is_exact = all(row.figures == Figures.EXACT for row in served)
    return ProductSupply(
        product_id=product_id,
        shelves=tuple(_shelf(row) for row in shelves),
        arrivals=tuple(_arrival(row, row.due_on) for row in rows if row.due_on is not None),
        supplies=tuple(_supply(row) for row in served if _promising(row) in (Promising.PROMISE, Promising.ASK)),
        costs={row.warehouse_id: Decimal(row.distance) for row in served},
        policy=policy,
        figures=Figures.EXACT if is_exact else Figures.BANDS,
        free_now=policy.figure(
            sum((row.free for row in shelves if row.opens == Opens.SERVED), ZERO),
            Figures.EXACT if is_exact else Figures.BANDS,
        ),
    )


def _supply(row: _Row) -> Supply:
    return Supply(
        kind=SupplyKind(row.kind),
        id=row.id,
        product_id=row.product_id,
        warehouse_id=row.warehouse_id,
        free=row.free,
        due_on=row.due_on,
        warehouse=row.warehouse,
        is_sure=_promising(row) is Promising.PROMISE,
    )


def _shelf(row: _Row) -> ShelfValue:
    return ShelfValue(
        warehouse_id=row.warehouse_id,
        warehouse=row.warehouse,
        city=row.city,
        free=row.policy.figure(row.free, Figures(row.figures)),
        is_served=row.opens == Opens.SERVED,
        confirmed_at=row.confirmed_at,
    )


def _arrival(row: _Row, due_on: date) -> ArrivalValue:
    return ArrivalValue(
        id=row.id,
        warehouse_id=row.warehouse_id,
        warehouse=row.warehouse,
        city=row.city,
        due_on=due_on,
        free=row.policy.figure(row.free, Figures(row.figures)),
        confidence=Confidence(row.confidence),
        promising=_promising(row),
        is_served=row.opens == Opens.SERVED,
        confirmed_at=row.confirmed_at,
    )
