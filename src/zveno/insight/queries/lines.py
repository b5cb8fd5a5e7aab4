"""What a figure of the chain is made of: its lines, each with where it was read or shipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from zveno.insight.queries.chain import Narrowing, parameters
from zveno.insight.queries.facts import FACTS, NARROWED
from zveno.insight.rules.tables import Figure
from zveno.kit.period import Period

SORTS = {
    "day": "day, line_id",
    "-day": "day DESC, line_id DESC",
    "sum": "amount, line_id",
    "-sum": "amount DESC, line_id",
    "quantity": "quantity, line_id",
    "-quantity": "quantity DESC, line_id",
}


@dataclass(frozen=True, slots=True)
class SoldLine:
    """One line of a sale. From a report: the file with its sheet and row; from a shipment: its number and its order."""

    day: date
    amount: Decimal
    quantity: Decimal
    company: str
    code: str
    name: str
    customer: str
    region: str
    origin: str
    report_id: int | None
    file: str
    sheet: str
    row: int | None
    shipment: str
    order_id: int | None
    order: str


def figure_of(*, step: str, period: Period, narrowing: Narrowing) -> Figure:
    """The sum of the lines, and how many they are."""
    sql = (
        f"SELECT COALESCE(sum(amount), 0), COALESCE(sum(quantity), 0), count(*) FROM ({FACTS[step]}) AS sold {NARROWED}"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters(period, narrowing))
        return Figure(*cursor.fetchone())


def sold_lines(
    *, step: str, period: Period, narrowing: Narrowing, sort: str = "-day", limit: int, offset: int = 0
) -> list[SoldLine]:
    """A page of the lines, in the order of `sort` (one of `SORTS`). One statement."""
    sql = _sql(step, sort, limited=True)
    with connection.cursor() as cursor:
        cursor.execute(sql, {**parameters(period, narrowing), "limit": limit, "offset": offset})
        return [SoldLine(*row) for row in cursor.fetchall()]


def all_sold_lines(*, step: str, period: Period, narrowing: Narrowing) -> Iterator[SoldLine]:
    """Every line by day, as a stream: memory stays flat. Needs the caller's transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_sql(step, "day", limited=False), parameters(period, narrowing))
        while rows := cursor.fetchmany(2000):
            yield from (SoldLine(*row) for row in rows)


def _sql(step: str, sort: str, *, limited: bool) -> Any:
    order = SORTS[sort]
    window = "LIMIT %(limit)s OFFSET %(offset)s" if limited else ""
    return f"""
        SELECT f.day, f.amount, f.quantity, COALESCE(c.name, ''), COALESCE(p.code, rl.code, ''),
               COALESCE(p.name, rl.name, sl.name, ''), COALESCE(e.name, rl.customer, ''), COALESCE(g.name, ''),
               f.origin, r.id, COALESCE(file.name, ''), COALESCE(rl.sheet, ''), rl.row, COALESCE(s.number, ''), o.id,
               COALESCE(o.number, '')
        FROM (SELECT * FROM ({FACTS[step]}) AS sold {NARROWED} ORDER BY {order} {window}) AS f
        LEFT JOIN partners_company c ON c.id = f.company_id
        LEFT JOIN catalog_product p ON p.id = f.product_id
        LEFT JOIN partners_region g ON g.id = f.region_id
        LEFT JOIN sellout_reportline rl ON f.origin = 'report' AND rl.id = f.line_id
        LEFT JOIN sellout_report r ON r.id = rl.report_id
        LEFT JOIN base_storedfile file ON file.id = r.file_id
        LEFT JOIN orders_shipmentline sl ON f.origin = 'shipment' AND sl.id = f.line_id
        LEFT JOIN orders_shipment s ON s.id = sl.shipment_id
        LEFT JOIN orders_order o ON o.id = s.order_id
        LEFT JOIN partners_legalentity e ON e.id = s.buyer_entity_id
        ORDER BY {", ".join("f." + part.strip() for part in order.split(","))}
    """  # noqa: S608 - facts and order are constants
