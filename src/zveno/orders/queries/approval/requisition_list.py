"""Requisitions as lists show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q

from zveno.base.scope import current
from zveno.base.walls import WalledQuerySet
from zveno.orders.models import Requisition
from zveno.orders.rules.approval.states import RequisitionState
from zveno.partners.queries.names import company_names, entity_names

_SORTS = {"number": "number", "sent": "sent_at", "total": "total", "due": "due_at", "wished": "wished_on"}
SORTS = tuple(key for name in _SORTS for key in (name, f"-{name}"))


@dataclass(frozen=True, slots=True)
class RequisitionFilter:
    """What to list, all of it at once; empty means all. `ids` narrows to these, `text` to a number or an author."""

    ids: Collection[int] | None = None
    states: Collection[RequisitionState] = ()
    author_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RequisitionRow:
    """A requisition in a list. `step` from 1, of `steps`."""

    id: int
    number: int
    state: RequisitionState
    step: int
    steps: int
    version: int
    author_id: int
    author: str
    entity: str
    seller: str
    rule_name: str
    created_at: datetime
    sent_at: datetime | None
    due_at: datetime | None
    wished_on: date | None
    line_count: int
    total: Decimal
    currency: str
    comment: str
    order_id: int | None
    is_asked_again: bool


@dataclass(frozen=True, slots=True)
class RequisitionList:
    """One page of requisitions; `count` is of all pages."""

    rows: tuple[RequisitionRow, ...]
    count: int
    page: int
    per_page: int


def requisition_list(
    *, wanted: RequisitionFilter = RequisitionFilter(), sort: str = "-sent", page: int = 1, per_page: int = 50
) -> RequisitionList:
    """The requisitions that the current scope may see, filtered, one page of them. Four SQL statements.

    `sort` is one of `SORTS`; anything else sorts those sent last first. A page beyond the last is the last.
    """
    rows = _filtered(wanted)
    count = rows.count()
    page = min(max(1, page), max(1, -(-count // per_page)))
    start = (page - 1) * per_page
    return RequisitionList(requisition_rows(_sorted(rows, sort)[start : start + per_page]), count, page, per_page)


def requisition_rows(rows: Sequence[Requisition] | WalledQuerySet[Requisition]) -> tuple[RequisitionRow, ...]:
    """Rows with the names of both sides. Two SQL statements besides the rows' own."""
    found = list(rows)
    if not found:
        return ()
    sellers, entities = company_names({r.seller_id for r in found}), entity_names({r.buyer_entity_id for r in found})
    return tuple(_row(row, sellers, entities) for row in found)


def _filtered(wanted: RequisitionFilter) -> WalledQuerySet[Requisition]:
    rows = Requisition.objects.visible_to(current())
    if wanted.ids is not None:
        rows = rows.filter(pk__in=wanted.ids)
    if wanted.states:
        rows = rows.filter(state__in=[state.value for state in wanted.states])
    if wanted.author_id is not None:
        rows = rows.filter(author_id=wanted.author_id)
    if text := wanted.text.strip():
        by_number = Q(number=int(text)) if text.isascii() and text.isdigit() and len(text) < 15 else Q()
        rows = rows.filter(by_number or Q(author__name__icontains=text) | Q(comment__icontains=text))
    return rows


def _sorted(rows: WalledQuerySet[Requisition], sort: str) -> WalledQuerySet[Requisition]:
    key = sort if sort in SORTS else "-sent"
    column = F(_SORTS[key.removeprefix("-")])
    ordered = column.desc(nulls_last=True) if key.startswith("-") else column.asc(nulls_last=True)
    return rows.select_related("author").order_by(ordered, "-id")


def _row(row: Requisition, sellers: dict[int, str], entities: dict[int, str]) -> RequisitionRow:
    return RequisitionRow(
        id=row.pk,
        number=row.number,
        state=RequisitionState(row.state),
        step=row.step + 1,
        steps=len(row.steps),
        version=row.version,
        author_id=row.author_id,
        author=row.author.shown_name,
        entity=entities.get(row.buyer_entity_id, ""),
        seller=sellers.get(row.seller_id, ""),
        rule_name=row.rule_name,
        created_at=row.created_at,
        sent_at=row.sent_at,
        due_at=row.due_at,
        wished_on=row.wished_on,
        line_count=row.line_count,
        total=row.total,
        currency=row.currency,
        comment=row.comment,
        order_id=row.order_id,
        is_asked_again=bool(row.stopped),
    )
