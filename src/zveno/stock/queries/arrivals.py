"""Goods on their way as lists show them: the schedule of arrivals of a buyer (F5), and the seller's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from zveno.base.scope import current
from zveno.stock.models import Arrival
from zveno.stock.queries.policies import OPENED, POLICY_COLUMNS, opened_params, policy_from
from zveno.stock.rules.policy import Figure
from zveno.stock.rules.words import Confidence, Figures, Opens, Promising


@dataclass(frozen=True, slots=True)
class ArrivalFilter:
    """What to list; empty means all. Days are inclusive. `among`: a lazy set of product ids."""

    starts_on: date | None = None
    ends_on: date | None = None
    warehouse_id: int | None = None
    confidence: Confidence | None = None
    among: Any = None


@dataclass(frozen=True, slots=True)
class ScheduledArrival:
    """An arrival as a buyer may know it; `free` is what of it is not promised yet."""

    id: int
    product_id: int
    code: str
    name: str
    unit: str
    warehouse: str
    due_on: date
    free: Figure
    confidence: Confidence
    promising: Promising
    is_served: bool
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class OwnArrival:
    """An arrival as its seller knows it; `orders` hold something of it."""

    id: int
    product_id: int
    code: str
    name: str
    unit: str
    warehouse_id: int
    warehouse: str
    due_on: date
    quantity: Decimal
    reserved: Decimal
    received: Decimal
    confidence: Confidence
    document: str
    confirmed_at: datetime
    orders: int

    @property
    def free(self) -> Decimal:
        return self.quantity - self.reserved


def schedule(
    *, seller_id: int, entity_id: int | None, wanted: ArrivalFilter, today: date, offset: int = 0, limit: int = 50
) -> tuple[tuple[ScheduledArrival, ...], int]:
    """What comes to the warehouses that the buyer's entity may know of, the soonest first, and how many rows in all.

    One SQL statement. Arrivals overdue at `today`, and what the seller hides, are left out.
    """
    rows = _filtered(seller_id, wanted).filter(due_on__gte=today).annotate(free=F("quantity") - F("reserved"))
    columns = ("id", "product_id", "warehouse_id", "due_on", "free", "confidence", "confirmed_at")
    named = {name: F(f"product__{name}") for name in ("code", "name", "unit")}
    try:
        sql, params = rows.values(*columns, **named).query.sql_with_params()
    except EmptyResultSet:
        return (), 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE {OPENED}, found AS (
                SELECT one.*, opened.name AS warehouse, opens, figures, {POLICY_COLUMNS},
                    CASE confidence WHEN 'confirmed' THEN coalesce(confirmed_as, 'promise')
                        WHEN 'planned' THEN coalesce(planned_as, 'ask') ELSE coalesce(produced_as, 'ask')
                    END AS promising
                FROM ({sql}) AS one JOIN opened ON opened.id = one.warehouse_id WHERE opens <> 'hidden'
            )
            SELECT id, product_id, code, name, unit, warehouse, due_on, free, confidence, promising, opens, figures,
                confirmed_at, {POLICY_COLUMNS}, count(*) OVER () AS total
            FROM found WHERE promising <> 'hide' ORDER BY due_on, name, id LIMIT %s OFFSET %s
            """,  # noqa: S608 - the ORM's own statement
            [*opened_params(sellers=[seller_id], entity_id=entity_id), *params, limit, offset],
        )
        found = cursor.fetchall()
    return tuple(_scheduled(row) for row in found), found[0][-1] if found else 0


def own_arrivals(*, seller_id: int, wanted: ArrivalFilter) -> QuerySet[Arrival, Any]:
    """The seller's open arrivals as a lazy set, with how many orders hold something of each."""
    return (
        _filtered(seller_id, wanted)
        .select_related("product", "warehouse")
        .annotate(orders=Count("reservations__order_id", filter=Q(reservations__state="active"), distinct=True))
    )


def own_values(rows: Iterable[Any]) -> list[OwnArrival]:
    """Loaded rows of `own_arrivals` as values."""
    return [
        OwnArrival(
            id=row.pk,
            product_id=row.product_id,
            code=row.product.code,
            name=row.product.name,
            unit=row.product.unit,
            warehouse_id=row.warehouse_id,
            warehouse=row.warehouse.name,
            due_on=row.due_on,
            quantity=row.quantity,
            reserved=row.reserved,
            received=row.received,
            confidence=Confidence(row.confidence),
            document=row.source_number,
            confirmed_at=row.confirmed_at,
            orders=row.orders,
        )
        for row in rows
    ]


def arrivals_to_plan(*, seller_id: int, product_ids: Iterable[int], today: date) -> dict[int, list[OwnArrival]]:
    """By product: the seller's arrivals that still have something free, the soonest first. One SQL statement."""
    wanted = ArrivalFilter(starts_on=today, among=list(product_ids))
    rows = own_arrivals(seller_id=seller_id, wanted=wanted).filter(quantity__gt=F("reserved"))
    found: dict[int, list[OwnArrival]] = {}
    for one in own_values(rows.order_by("due_on", "id")):
        found.setdefault(one.product_id, []).append(one)
    return found


def _filtered(seller_id: int, wanted: ArrivalFilter) -> QuerySet[Arrival]:
    rows = Arrival.objects.visible_to(current()).filter(seller_id=seller_id, closed_at=None)
    if wanted.starts_on:
        rows = rows.filter(due_on__gte=wanted.starts_on)
    if wanted.ends_on:
        rows = rows.filter(due_on__lte=wanted.ends_on)
    if wanted.warehouse_id:
        rows = rows.filter(warehouse_id=wanted.warehouse_id)
    if wanted.confidence:
        rows = rows.filter(confidence=wanted.confidence.value)
    return rows if wanted.among is None else rows.filter(product_id__in=wanted.among)


def _scheduled(row: tuple[Any, ...]) -> ScheduledArrival:
    policy = policy_from(row[13:21])
    one = ScheduledArrival(
        id=row[0],
        product_id=row[1],
        code=row[2],
        name=row[3],
        unit=row[4],
        warehouse=row[5],
        due_on=row[6],
        free=policy.figure(row[7], Figures(row[11])),
        confidence=Confidence(row[8]),
        promising=Promising(row[9]),
        is_served=row[10] == Opens.SERVED,
        confirmed_at=row[12],
    )
    return one if one.is_served else replace(one, promising=Promising.SHOW)
