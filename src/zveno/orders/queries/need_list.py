"""Needs as lists and pages show them: what lacks, since when, what people made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from zveno.base.scope import current
from zveno.kit.codes import fold_code, fold_text
from zveno.orders.models import Need
from zveno.orders.rules.needs import Choice, NeedCause, NeedState
from zveno.orders.rules.states import OrderState
from zveno.partners.queries.names import entity_names

UNSETTLED = (NeedState.OPEN, NeedState.PLANNED, NeedState.DATED)


@dataclass(frozen=True, slots=True)
class NeedValue:
    """A need with its line and order. `open_quantity` is what nobody has answered yet: lacking, and late."""

    id: int
    order_id: int
    order_number: str
    order_state: OrderState
    seller_id: int
    buyer_entity_id: int
    buyer_entity: str
    line_id: int
    position: int
    product_id: int
    code: str
    name: str
    unit: str
    quantity: Decimal
    lacking: Decimal
    late: Decimal
    late_on: date | None
    wished_on: date | None
    state: NeedState
    dated_on: date | None
    planned_on: date | None
    cause: NeedCause
    told: tuple[dict[str, Any], ...]
    choice: Choice | None
    choice_fault: str
    chosen_by: str
    chosen_at: datetime | None
    carried_out_at: datetime | None
    opened_at: datetime
    settled_at: datetime | None

    @property
    def open_quantity(self) -> Decimal:
        return self.lacking + self.late

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    @property
    def is_being_carried_out(self) -> bool:
        """Whether what the buyer chose is still to be done."""
        return self.choice is not None and self.carried_out_at is None and not self.is_settled

    @property
    def is_asked(self) -> bool:
        """Whether the buyer wants the manager's word."""
        return self.choice is Choice.ASK and not self.is_settled


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """What to list; empty means all. `asked`: only those about which the buyer asks the manager."""

    states: Collection[NeedState] = ()
    search: str = ""
    seller_id: int | None = None
    entity_id: int | None = None
    product_id: int | None = None
    asked: bool = False


def need_rows(*, wanted: NeedFilter) -> QuerySet[Need]:
    """The needs that the current scope may see, filtered, as a lazy set with line and order."""
    needs = Need.objects.visible_to(current()).select_related("order", "order_line", "arrival")
    if wanted.states:
        needs = needs.filter(state__in=[state.value for state in wanted.states])
    for column in ("seller_id", "product_id"):
        if (value := getattr(wanted, column)) is not None:
            needs = needs.filter(**{column: value})
    if wanted.entity_id is not None:
        needs = needs.filter(buyer_entity_id=wanted.entity_id)
    if wanted.asked:
        needs = needs.filter(choice=Choice.ASK.value, settled_at=None)
    for word in fold_text(wanted.search).split():
        found = Q(order__search_text__contains=word)
        code = fold_code(word).lower()
        needs = needs.filter(found | Q(order__search_text__contains=code) if code else found)
        needs = needs.filter(_in_line(word) | Q(order__number__icontains=word))
    return needs


def need_values(rows: Iterable[Need]) -> list[NeedValue]:
    """Loaded rows as values, with the names of the buyers. One SQL statement."""
    needs = list(rows)
    names = entity_names({need.buyer_entity_id for need in needs}) if needs else {}
    return [_value(need, names.get(need.buyer_entity_id, "")) for need in needs]


def need_of(*, need_id: int) -> NeedValue | None:
    """The need, if the current scope may see it. Two SQL statements."""
    needs = Need.objects.visible_to(current()).filter(pk=need_id)
    return next(iter(need_values(needs.select_related("order", "order_line", "arrival"))), None)


def needs_of_order(*, order_id: int) -> tuple[NeedValue, ...]:
    """The needs of an order that are not settled, in the order of its lines. Two SQL statements."""
    needs = Need.objects.visible_to(current()).filter(order_id=order_id, settled_at=None)
    return tuple(need_values(needs.select_related("order", "order_line", "arrival").order_by("order_line__position")))


def count_needs(*, seller_id: int) -> int:
    """How many needs wait for the seller's answer. One SQL statement over a partial index."""
    needs = Need.objects.visible_to(current()).filter(seller_id=seller_id, settled_at=None)
    return needs.filter(state=NeedState.OPEN.value).count()


def _in_line(word: str) -> Q:
    return (
        Q(order_line__name__icontains=word) | Q(order_line__code__icontains=word) | Q(order__search_text__contains=word)
    )


def _value(need: Need, buyer: str) -> NeedValue:
    line, order = need.order_line, need.order
    return NeedValue(
        id=need.pk,
        order_id=need.order_id,
        order_number=order.number,
        order_state=OrderState(order.state),
        seller_id=need.seller_id,
        buyer_entity_id=need.buyer_entity_id,
        buyer_entity=buyer,
        line_id=line.pk,
        position=line.position,
        product_id=need.product_id,
        code=line.code,
        name=line.name,
        unit=line.unit,
        quantity=need.quantity,
        lacking=need.lacking,
        late=need.late,
        late_on=need.late_on,
        wished_on=need.wished_on,
        state=NeedState(need.state),
        dated_on=need.dated_on,
        planned_on=need.arrival.due_on if need.arrival else None,
        cause=NeedCause(need.cause),
        told=tuple(need.told),
        choice=Choice(need.choice) if need.choice else None,
        choice_fault=need.choice_fault,
        chosen_by=need.chosen_by,
        chosen_at=need.chosen_at,
        carried_out_at=need.carried_out_at,
        opened_at=need.opened_at,
        settled_at=need.settled_at,
    )
