"""Orders as lists show them: searched, filtered, sorted, by the page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from zveno.base.scope import current
from zveno.base.walls import WalledQuerySet
from zveno.kit.period import Period
from zveno.orders.models import Order
from zveno.orders.queries.notes import own_note
from zveno.orders.queries.order_search import holding, in_need, noted
from zveno.orders.rules.search.reading import Understood, read_search
from zveno.orders.rules.states import HOLDS_RESERVATION, OPEN, OrderState
from zveno.orders.rules.urgency import likely_answers, waiting_cost
from zveno.partners.queries.entities import entities_with_inn
from zveno.partners.queries.names import company_names, entity_names

_SORTS = {
    "placed": "placed_at",
    "number": "number",
    "total": "total",
    "wished": "wished_on",
    "promised": "promised_on",
    "state": "state",
}
# Beyond this many found, a count tells a person nothing more and costs more than the page.
COUNTED_MOST = 10_000
LAST_PAGE = 10_000
_PIECE = 500
SORTS = tuple(key for name in _SORTS for key in (name, f"-{name}"))
_MOST_IN_ATTENTION = 500


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """What to list, all of it at once; empty means all. `period` is of days of placing in `time_zone`.

    `search` is what typed text asks for; `placed_by_id` narrows to one's own. What is late or has needs is told of
    open orders on the day `today`.
    """

    search: Understood = field(default_factory=Understood)
    states: Collection[OrderState] = ()
    sources: Collection[str] = ()
    entity_ids: Collection[int] = ()
    seller_ids: Collection[int] = ()
    buyer_company_ids: Collection[int] = ()
    placed_by_id: int | None = None
    period: Period | None = None
    is_late: bool = False
    has_needs: bool = False
    is_noted: bool = False
    time_zone: str = "Europe/Moscow"
    today: date = date.max


def typed_filter(text: str, *, today: date, time_zone: str = "Europe/Moscow") -> OrderFilter:
    """What `text` alone asks for, typed by somebody for whom it is `today`."""
    return OrderFilter(search=read_search(text, today=today), today=today, time_zone=time_zone)


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
    # One's own, which nobody else reads.
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrderList:
    """One page of orders; `count` is of all pages, `None` where it is more than COUNTED_MOST."""

    rows: tuple[OrderRow, ...]
    count: int | None
    page: int
    per_page: int
    more: bool = False

    @property
    def pages(self) -> int | None:
        return None if self.count is None else max(1, -(-self.count // self.per_page))


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
    """The orders that the current scope may see, filtered, one page of them. Four SQL statements besides
    `holding`'s, and one to count where there are more pages.

    `sort` is one of `SORTS`; anything else sorts the newest first. A page beyond the last is the last.
    """
    orders = _filtered(wanted)
    found, page, count = _page(orders, sort, page, per_page)
    return OrderList(_in_order(found[:per_page]), count, page, per_page, more=len(found) > per_page)


def each_order(*, wanted: OrderFilter, sort: str = "-placed", most: int) -> Iterator[OrderRow]:
    """The orders that `order_list` would list, up to `most`, read in pieces: memory does not grow with them."""
    ids = list(_sorted(_filtered(wanted), sort).values_list("pk", flat=True)[:most])
    for start in range(0, len(ids), _PIECE):
        yield from _in_order(ids[start : start + _PIECE])


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
    orders = Order.objects.visible_to(current()).filter(pk__in=ids).select_related("placed_by")
    return {row.id: row for row in order_rows(list(orders))}


def _page(orders: WalledQuerySet[Order], sort: str, page: int, per_page: int) -> tuple[list[int], int, int | None]:
    """Ids of the page and of one order more, which page it is, and the count. Read from thin indexes alone."""
    page = max(1, min(page, LAST_PAGE))
    ids = _sorted(orders, sort).values_list("pk", flat=True)
    start = (page - 1) * per_page
    found = list(ids[start : start + per_page + 1])
    if found and len(found) <= per_page:
        return found, page, start + len(found)
    if page == 1 and not found:
        return [], 1, 0
    counted = orders.order_by()[: COUNTED_MOST + 1].count()
    if not found:
        page = max(1, -(-counted // per_page))
        start = (page - 1) * per_page
        found = list(ids[start : start + per_page + 1])
    return found, page, counted if counted <= COUNTED_MOST else None


def _in_order(ids: Sequence[int]) -> tuple[OrderRow, ...]:
    read = Order.objects.visible_to(current()).select_related("placed_by").annotate(own_note=own_note())
    orders = read.in_bulk(ids)
    rows = order_rows([orders[id_] for id_ in ids if id_ in orders])
    return tuple(replace(row, note=orders[row.id].own_note) for row in rows)


def _filtered(wanted: OrderFilter) -> WalledQuerySet[Order]:
    asked = wanted.search
    orders = Order.objects.visible_to(current())
    for column, values in (
        ("state", [OrderState(state).value for state in wanted.states]),
        ("state", [OrderState(state).value for state in asked.states]),
        ("source", list(wanted.sources)),
        ("source", list(asked.sources)),
        ("buyer_entity_id", wanted.entity_ids),
        ("seller_id", wanted.seller_ids),
        ("buyer_company_id", wanted.buyer_company_ids),
    ):
        if values:
            orders = orders.filter(**{f"{column}__in": values})
    if wanted.placed_by_id is not None:
        orders = orders.filter(placed_by_id=wanted.placed_by_id)
    for period in filter(None, (wanted.period, asked.period)):
        orders = orders.filter(_placed_in(period, wanted.time_zone))
    if asked.sums is not None:
        least, most = asked.sums.least, asked.sums.most
        orders = orders.filter(total__gte=least) if least is not None else orders
        orders = orders.filter(total__lte=most) if most is not None else orders
    if asked.inns:
        orders = orders.filter(buyer_entity_id__in=entities_with_inn(asked.inns))
    if wanted.is_late or asked.is_late:
        orders = orders.filter(_late(wanted.today))
    if wanted.has_needs or asked.has_needs:
        orders = orders.filter(in_need(), state__in=_UNDERWAY)
    if wanted.is_noted or asked.is_noted:
        orders = orders.filter(noted())
    return orders.filter(holding(asked.words)) if asked.words else orders


# Orders of which it is decided what they get, and that have not left yet.
_UNDERWAY = [state.value for state in HOLDS_RESERVATION - {OrderState.PLACED}]


def _late(today: date) -> Q:
    """Promised for later than wished, or for a day that has passed; of orders that have not left yet."""
    late = Q(promised_on__gt=F("wished_on")) | Q(promised_on__lt=today)
    return late & Q(state__in=[state.value for state in OPEN - {OrderState.SHIPPED}])


def _placed_in(period: Period, time_zone: str) -> Q:
    zone = ZoneInfo(time_zone)
    starts = datetime.combine(period.starts_on, time(), zone)
    return Q(placed_at__gte=starts, placed_at__lt=datetime.combine(period.ends_on, time(), zone))


def _sorted(orders: WalledQuerySet[Order], sort: str) -> WalledQuerySet[Order]:
    key = sort if sort in SORTS else "-placed"
    sign, name = ("-", key[1:]) if key.startswith("-") else ("", key)
    return orders.order_by(f"{sign}{_SORTS[name]}", f"{sign}id")


def _row(order: Order, companies: dict[int, str], entities: dict[int, str]) -> OrderRow:
    return OrderRow(
        id=order.pk,
        number=order.number,
        erp_number=order.erp_number,
        state=OrderState(order.state),
        source=order.source,
        placed_at=order.placed_at,
        placed_by=order.placed_by.shown_name if order.placed_by else order.erp_author,
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
