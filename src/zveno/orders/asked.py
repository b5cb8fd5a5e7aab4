"""What the address of a list of orders asks for. Unknown things in it are ignored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.base.clock import today_at
from zveno.kit.errors import Fault
from zveno.kit.period import Period, month_of
from zveno.orders.need_labels import need_word
from zveno.orders.queries.need_list import UNSETTLED as UNSETTLED_STATES
from zveno.orders.queries.need_list import NeedFilter
from zveno.orders.queries.order_list import SORTS, OrderFilter, OrderRow, order_list
from zveno.orders.rules.needs import NeedState
from zveno.orders.rules.search.reading import LONGEST, read_search
from zveno.orders.rules.states import OPEN, OrderState
from zveno.orders.shown import SOURCES, source_word, state_word, states
from zveno.orders.understood import chips_of, period_words
from zveno.partners.queries.actors import Actor
from zveno.ui.navigation import Words
from zveno.ui.pages import Chip, ListPage, replaced
from zveno.ui.typed import date_of

OPEN_KEY = "open"
PERIODS = ("week", "month", "last_month", "quarter", "year")
ONLY: dict[str, Words] = {
    "late": gettext_lazy("Late ones"),
    "needs": gettext_lazy("With needs"),
    "noted": gettext_lazy("With my note"),
}


@dataclass(frozen=True, slots=True)
class AskedOrders:
    """The address, read: for the query, for the form, and in words."""

    query: QueryDict
    wanted: OrderFilter
    sort: str
    page: int
    chips: Sequence[Chip]
    states: Sequence[tuple[str, str, bool]]
    periods: Sequence[tuple[str, str, bool]]
    sources: Sequence[tuple[str, str, bool]]
    only: Sequence[tuple[str, Words, bool]]
    mine: bool
    entity_id: int | None = None
    seller_id: int | None = None

    @property
    def narrowed(self) -> bool:
        return bool(self.chips or self.wanted.search)


def read_orders(query: QueryDict, actor: Actor, *, buying: bool = True) -> AskedOrders:
    """What `query` asks of a list of orders that `actor` may see; `buying`: by one's entities, sellers and own ones."""
    state, period_key = query.get("state", ""), query.get("period", "")
    entity_id = _one_of(query.get("entity"), {e.id for e in actor.entities}) if buying else None
    seller_id = _one_of(query.get("seller"), set(actor.scope.sellers)) if buying else None
    mine = buying and query.get("mine") == "1"
    today = today_at(actor.time_zone)
    period = _period(query, period_key, today)
    source, only = query.get("source", ""), query.get("only", "")
    wanted = OrderFilter(
        search=read_search(query.get("q", "")[:LONGEST], today=today),
        states=_states(state),
        sources=(source,) if source in SOURCES else (),
        entity_ids=(entity_id,) if entity_id else (),
        seller_ids=(seller_id,) if seller_id else (),
        placed_by_id=actor.user_id if mine else None,
        period=period,
        is_late=only == "late",
        has_needs=only == "needs",
        is_noted=only == "noted",
        time_zone=actor.time_zone,
        today=today,
    )
    sort, page = query.get("sort", ""), query.get("page", "")
    return AskedOrders(
        query=query,
        wanted=wanted,
        sort=sort if sort in SORTS else "-placed",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        chips=_chips(query, wanted, actor, period),
        states=[(key, word, key == state) for key, word in [(OPEN_KEY, _("Open ones")), *states()]],
        periods=[(key, period_word(key), key == period_key) for key in PERIODS],
        sources=[(key, source_word(key), key == source) for key in SOURCES],
        only=[(key, word, key == only) for key, word in ONLY.items()],
        mine=mine,
        entity_id=entity_id,
        seller_id=seller_id,
    )


@dataclass(frozen=True, slots=True)
class AskedNeeds:
    """The address of a list of needs, read: for the query, for the form, and in words."""

    query: QueryDict
    wanted: NeedFilter
    chips: Sequence[Chip]
    states: Sequence[tuple[str, str, bool]]

    @property
    def narrowed(self) -> bool:
        return bool(self.wanted.search or self.wanted.asked or self.query.get("state"))


def read_needs(query: QueryDict, *, seller_id: int | None = None, entity_id: int | None = None) -> AskedNeeds:
    """What `query` asks of a list of needs; without a state, those that are not settled."""
    asked_state = query.get("state", "")
    state = next((one for one in NeedState if one.value == asked_state), None)
    every = asked_state == "all"
    asked = query.get("asked") == "1"
    chips = [Chip(_("State"), need_word(state), replaced(query, state=None))] if state else []
    if every:
        chips.append(Chip(_("State"), _("all"), replaced(query, state=None)))
    if asked:
        chips.append(Chip("", _("The buyer asks"), replaced(query, asked=None)))
    return AskedNeeds(
        query=query,
        wanted=NeedFilter(
            states=() if every else (state,) if state else UNSETTLED_STATES,
            search=query.get("q", "")[:200],
            seller_id=seller_id,
            entity_id=entity_id,
            asked=asked,
        ),
        chips=chips,
        states=[
            *((one.value, need_word(one), one is state) for one in NeedState),
            ("all", _("All, settled ones too"), every),
        ],
    )


def listed(asked: AskedOrders, *, export_url: str) -> ListPage[OrderRow]:
    """The page of orders that is asked for."""
    found = order_list(wanted=asked.wanted, sort=asked.sort, page=asked.page)
    return ListPage(
        rows=found.rows,
        number=found.page,
        size=found.per_page,
        total=found.count,
        more=found.more,
        sort=asked.sort,
        query=asked.query,
        chips=asked.chips,
        export_url=export_url,
    )


def period_word(key: str) -> str:
    """What a ready-made period is called."""
    return {
        "week": _("7 days"),
        "month": _("This month"),
        "last_month": _("Last month"),
        "quarter": _("3 months"),
        "year": _("12 months"),
    }.get(key, "")


def _states(state: str) -> tuple[OrderState, ...]:
    if state == OPEN_KEY:
        return tuple(OPEN - {OrderState.SHIPPED})
    return (OrderState(state),) if state in set(OrderState) else ()


def _period(query: QueryDict, key: str, today: date) -> Period | None:
    tomorrow = today + timedelta(days=1)
    match key:
        case "week":
            return Period(today - timedelta(days=6), tomorrow)
        case "month":
            return month_of(today)
        case "last_month":
            return month_of(today.replace(day=1) - timedelta(days=1))
        case "quarter":
            return Period(today - timedelta(days=91), tomorrow)
        case "year":
            return Period(today - timedelta(days=364), tomorrow)
    starts, ends = _day(query.get("from", "")), _day(query.get("to", ""))
    if starts is None and ends is None:
        return None
    first, last = starts or date(2000, 1, 1), ends or today
    return Period(first, last + timedelta(days=1)) if first <= last < date.max else None


def _day(text: str) -> date | None:
    try:
        return date_of(text)
    except Fault:
        return None


def _chips(query: QueryDict, wanted: OrderFilter, actor: Actor, period: Period | None) -> list[Chip]:
    found = chips_of(query, wanted.search)
    if wanted.states:
        word = _("Open ones") if query.get("state") == OPEN_KEY else state_word(next(iter(wanted.states)))
        found.append(Chip(_("State"), word, replaced(query, state=None)))
    found += [Chip(_("Source"), source_word(source), replaced(query, source=None)) for source in wanted.sources]
    names = {entity.id: entity.name for entity in actor.entities}
    found += [Chip(_("Company"), names.get(id_, ""), replaced(query, entity=None)) for id_ in wanted.entity_ids]
    if period is not None:
        words = period_word(query.get("period", "")) or period_words(period)
        found.append(Chip(_("Placed"), words, replaced(query, period=None, **{"from": None, "to": None})))
    if wanted.is_late or wanted.has_needs or wanted.is_noted:
        found.append(Chip("", ONLY[str(query["only"])], replaced(query, only=None)))
    if wanted.placed_by_id is not None:
        found.append(Chip("", _("Mine"), replaced(query, mine=None)))
    return found


def _one_of(text: str | None, known: set[int]) -> int | None:
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None
    return number if number in known else None
