"""What the address of a page of money asks for. Unknown things in it are ignored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from zveno.finance.labels import age_word, kind_word, kinds
from zveno.finance.queries.balances import Which
from zveno.finance.rules.ageing import Age
from zveno.finance.rules.documents import Kind
from zveno.kit.errors import Fault
from zveno.kit.period import Period, month_of
from zveno.portal.money.sides import Side
from zveno.ui.formats import format_date
from zveno.ui.pages import Chip, replaced
from zveno.ui.typed import date_of, quantity_of

PERIODS = ("month", "last_month", "quarter", "year", "all")
_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class AskedMoney:
    """The address, read: for the queries, for the form, and in words."""

    query: QueryDict
    which: Which
    period: Period
    period_key: str
    text: str
    amount: Decimal | None
    kind: Kind | None
    age: Age | None
    only_open: bool
    entities: Sequence[tuple[int, str]]
    sellers: Sequence[tuple[int, str]]
    chips: Sequence[Chip]
    entity_id: int | None
    seller_id: int | None
    account_id: int | None

    @property
    def periods(self) -> list[tuple[str, str, bool]]:
        return [(key, period_word(key), key == self.period_key) for key in PERIODS]

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        return [(key, word, self.kind is not None and key == self.kind.value) for key, word in kinds()]

    @property
    def starts_on(self) -> str:
        """The first day, where the period was typed."""
        return self.query.get("from", "") if self.period_key == "" else ""

    @property
    def ends_on(self) -> str:
        return self.query.get("to", "") if self.period_key == "" else ""

    @property
    def words(self) -> str:
        """The period in words."""
        language = translation.get_language() or "en"
        last = format_date(self.period.last_day, language)
        if self.period.starts_on == _FIRST_DAY:
            return _("up to %(last)s") % {"last": last}
        return f"{format_date(self.period.starts_on, language)} – {last}"


def read_money(query: QueryDict, side: Side, *, default: str = "month") -> AskedMoney:
    """What `query` asks of a page of this side; `default` is the period where none is named."""
    entities, sellers = side.entities(), side.sellers()
    entity_id = _one_of(query.get("entity"), {id_ for id_, _name in entities})
    seller_id = _one_of(query.get("seller"), {id_ for id_, _name in sellers})
    account_id = _number(query.get("account"))
    period, key = _period(query, side.today, default)
    text = query.get("q", "").strip()[:100]
    kind, age = query.get("kind", ""), query.get("age", "")
    return AskedMoney(
        query=query,
        which=Which(
            seller_id=side.seller_id or seller_id,
            entity_ids=[entity_id] if entity_id else None,
            account_id=account_id,
        ),
        period=period,
        period_key=key,
        text=text,
        amount=_amount(text),
        kind=Kind(kind) if kind in set(Kind) else None,
        age=Age(age) if age in set(Age) else None,
        only_open=query.get("open") == "1",
        entities=entities,
        sellers=sellers,
        chips=_chips(query, dict(entities), dict(sellers), entity_id, seller_id, account_id, kind, age),
        entity_id=entity_id,
        seller_id=seller_id,
        account_id=account_id,
    )


def period_word(key: str) -> str:
    """What a ready-made period is called."""
    return {
        "month": _("This month"),
        "last_month": _("Last month"),
        "quarter": _("3 months"),
        "year": _("12 months"),
        "all": _("From the first day"),
    }[key]


def _period(query: QueryDict, today: date, default: str) -> tuple[Period, str]:
    starts, ends = _day(query.get("from", "")), _day(query.get("to", ""))
    key = query.get("period", "")
    if key not in PERIODS and (starts or ends):
        first, last = starts or _FIRST_DAY, ends or today
        if first <= last < date.max:
            return Period(first, last + timedelta(days=1)), ""
    key = key if key in PERIODS else default
    tomorrow = today + timedelta(days=1)
    match key:
        case "last_month":
            return month_of(today.replace(day=1) - timedelta(days=1)), key
        case "quarter":
            return Period(today - timedelta(days=91), tomorrow), key
        case "year":
            return Period(today - timedelta(days=364), tomorrow), key
        case "all":
            return Period(_FIRST_DAY, tomorrow), key
    return Period(today.replace(day=1), tomorrow), key


def _chips(
    query: QueryDict,
    entities: dict[int, str],
    sellers: dict[int, str],
    entity_id: int | None,
    seller_id: int | None,
    account_id: int | None,
    kind: str,
    age: str,
) -> list[Chip]:
    found = []
    if entity_id is not None:
        found.append(Chip(_("Legal entity"), entities[entity_id], replaced(query, entity=None)))
    if seller_id is not None:
        found.append(Chip(_("Seller"), sellers[seller_id], replaced(query, seller=None)))
    if account_id is not None:
        found.append(Chip("", _("One contract"), replaced(query, account=None)))
    if kind in set(Kind):
        found.append(Chip(_("Document"), kind_word(kind), replaced(query, kind=None)))
    if age in set(Age):
        found.append(Chip(_("Age"), age_word(age), replaced(query, age=None)))
    if query.get("open") == "1":
        found.append(Chip("", _("Only open ones"), replaced(query, open=None)))
    return found


def _day(text: str) -> date | None:
    try:
        return date_of(text)
    except Fault:
        return None


def _amount(text: str) -> Decimal | None:
    """A search for a sum: `12 400,50` and `12400.5` find the same."""
    try:
        return quantity_of(text) if text else None
    except Fault:
        return None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None


def _one_of(text: str | None, known: set[int]) -> int | None:
    number = _number(text)
    return number if number in known else None
