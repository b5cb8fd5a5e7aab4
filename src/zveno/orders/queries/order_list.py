"""Orders as lists show them: searched, filtered, sorted, by the page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from zveno.base.scope import current
from zveno.base.walls import WalledQuerySet
from zveno.kit.codes import fold_code, fold_text
from zveno.kit.period import Period
from zveno.orders.models import Order
from zveno.orders.rules.states import OrderState
from zveno.orders.rules.urgency import likely_answers, waiting_cost
from zveno.partners.queries.names import company_names, entity_names

_SORTS = {
    "placed": "placed_at",
    "number": "number",
    "total": "total",
    "wished": "wished_on",
    "promised": "promised_on",
    "state": "state",
}
SORTS = tuple(key for name in _SORTS for key in (name, f"-{name}"))
_MOST_IN_ATTENTION = 500


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """What to list. Empty means all. `period` is of days of placing in `time_zone`; `placed_by_id` one's own."""

    search: str = ""
    states: Collection[OrderState] = ()
    entity_ids: Collection[int] = ()
    seller_ids: Collection[int] = ()
    buyer_company_ids: Collection[int] = ()
    placed_by_id: int | None = None
    period: Period | None = None
    time_zone: str = "Europe/Moscow"


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list."""

    id: int
    number: str
    erp_number: str
    state: OrderState
    source: str
    placed_at: datetime
    placed_by: str
    seller_id: int
    seller: str
    buyer_company_id: int
    buyer_company: str
    buyer_entity_id: int
    buyer_entity: str
    wished_on: date | None
    promised_on: date | None
    line_count: int
    total: Decimal
    currency: str
    comment: str
    attention: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class OrderList:
    """One page of orders; `count` is of all pages."""

    rows: tuple[OrderRow, ...]
    count: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.per_page))


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """An order that waits for the manager: how long, what waiting costs, and the two likeliest answers."""

    order: OrderRow
    waiting_days: int
    cost: Decimal
    answers: tuple[str, str] = field(default=("as_is", "reject"))


def order_list(
    *, wanted: OrderFilter = OrderFilter(), sort: str = "-placed", page: int = 1, per_page: int = 50
) -> OrderList:
    """The orders that the current scope may see, filtered, one page of them. Four SQL statements.

    `sort` is one of `SORTS`; anything else sorts the newest first. A page beyond the last is the last.
    """
    orders = _filtered(wanted)
    count = orders.count()
    page = min(max(1, page), max(1, -(-count // per_page)))
    start = (page - 1) * per_page
    return OrderList(order_rows(list(_sorted(orders, sort)[start : start + per_page])), count, page, per_page)


def attention_list(*, seller_id: int, now: datetime, time_zone: str) -> tuple[AttentionRow, ...]:
    """The seller's orders that did not confirm by themselves, those first that it costs most to let wait.

    At most 500, the longest waiting ones.
    """
    waiting = Order.objects.visible_to(current()).filter(seller_id=seller_id, state=OrderState.ATTENTION.value)
    rows = order_rows(list(waiting.select_related("placed_by").order_by("placed_at")[:_MOST_IN_ATTENTION]))
    today = now.astimezone(ZoneInfo(time_zone)).date()
    found = [_attention_row(row, now, today) for row in rows]
    return tuple(sorted(found, key=lambda row: (-row.cost, row.order.id)))


def order_rows(orders: Sequence[Order]) -> tuple[OrderRow, ...]:
    """Rows of loaded orders (`placed_by` selected) with the names of both sides. Two SQL statements."""
    if not orders:
        return ()
    companies = company_names({key for order in orders for key in (order.seller_id, order.buyer_company_id)})
    entities = entity_names({order.buyer_entity_id for order in orders})
    return tuple(_row(order, companies, entities) for order in orders)


def orders_by_id(ids: Collection[int]) -> dict[int, OrderRow]:
    """The orders among `ids` that the current scope may see. Three SQL statements."""
    orders = Order.objects.visible_to(current()).filter(pk__in=ids).select_related("placed_by").defer("search_text")
    return {row.id: row for row in order_rows(list(orders))}


def _filtered(wanted: OrderFilter) -> WalledQuerySet[Order]:
    orders = Order.objects.visible_to(current())
    for column, values in (
        ("state", [OrderState(state).value for state in wanted.states]),
        ("buyer_entity_id", wanted.entity_ids),
        ("seller_id", wanted.seller_ids),
        ("buyer_company_id", wanted.buyer_company_ids),
    ):
        if values:
            orders = orders.filter(**{f"{column}__in": values})
    if wanted.placed_by_id is not None:
        orders = orders.filter(placed_by_id=wanted.placed_by_id)
    if wanted.period is not None:
        zone = ZoneInfo(wanted.time_zone)
        orders = orders.filter(
            placed_at__gte=datetime.combine(wanted.period.starts_on, time(), zone),
            placed_at__lt=datetime.combine(wanted.period.ends_on, time(), zone),
        )
    for word in fold_text(wanted.search).split():
        orders = orders.filter(_holds(word))
    return orders


def _holds(word: str) -> Q:
    found = Q(search_text__contains=word)
    folded = fold_code(word).lower()
    return found | Q(search_text__contains=folded) if len(folded) > 1 else found


def _sorted(orders: WalledQuerySet[Order], sort: str) -> WalledQuerySet[Order]:
    key = sort if sort in SORTS else "-placed"
    sign, name = ("-", key[1:]) if key.startswith("-") else ("", key)
    return orders.select_related("placed_by").defer("search_text").order_by(f"{sign}{_SORTS[name]}", f"{sign}id")


def _row(order: Order, companies: dict[int, str], entities: dict[int, str]) -> OrderRow:
    return OrderRow(
        id=order.pk,
        number=order.number,
        erp_number=order.erp_number,
        state=OrderState(order.state),
        source=order.source,
        placed_at=order.placed_at,
        placed_by=order.placed_by.shown_name if order.placed_by else "",
        seller_id=order.seller_id,
        seller=companies.get(order.seller_id, ""),
        buyer_company_id=order.buyer_company_id,
        buyer_company=companies.get(order.buyer_company_id, ""),
        buyer_entity_id=order.buyer_entity_id,
        buyer_entity=entities.get(order.buyer_entity_id, ""),
        wished_on=order.wished_on,
        promised_on=order.promised_on,
        line_count=order.line_count,
        total=order.total,
        currency=order.currency,
        comment=order.comment,
        attention=tuple(order.attention),
    )


def _attention_row(row: OrderRow, now: datetime, today: date) -> AttentionRow:
    waiting_days = max(0, (now - row.placed_at).days)
    return AttentionRow(
        order=row,
        waiting_days=waiting_days,
        cost=waiting_cost(total=row.total, waiting_days=waiting_days, wished_on=row.wished_on, today=today),
        answers=likely_answers(row.attention, all_lines=row.line_count),
    )
