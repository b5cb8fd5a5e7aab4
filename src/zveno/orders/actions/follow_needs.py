"""Keeping needs equal to what the lines of an order lack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zveno.base.scope import current
from zveno.orders.actions.hold_supply import due_of, wish_of
from zveno.orders.models import Need, Order, OrderLine
from zveno.orders.rules.needs import NeedCause, NeedState
from zveno.orders.rules.standing import Standing

_FIELDS = (
    "quantity", "lacking", "late", "late_on", "wished_on", "state", "dated_on", "arrival_id", "cause", "told", "choice",
    "choice_params", "choice_fault", "chosen_at", "chosen_by", "carried_out_at", "settled_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arising:
    """Why needs of a product arise: the cause, and what changed, as plain values for the page."""

    of_product: Mapping[int, tuple[NeedCause, dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of the order's needs: those that arose, those that goods cover now."""

    opened: tuple[Need, ...] = ()
    covered: tuple[Need, ...] = ()


def follow_needs(
    order: Order,
    lines: Sequence[OrderLine],
    standings: Mapping[int, Standing],
    *,
    now: datetime,
    arising: Arising | None = None,
) -> Followed:
    """Open, change and settle the order's needs, so that each unsettled one says what its line lacks. Three SQL
    statements at most.

    What a manager planned stays planned while it is held; a need of a line that was cancelled is dropped.
    """
    known = {need.order_line_id: need for need in unsettled_needs(order)}
    changes = arising or Arising()
    opened, covered, changed = [], [], []
    for line in lines:
        now_stands, need = standings[line.pk], known.pop(line.pk, None)
        if line.product_id is None:
            continue
        if now_stands.is_good:
            if need and need.state != NeedState.PLANNED.value:
                covered.append(_settle(need, NeedState.COVERED, now))
        elif need is None:
            opened.append(_opened(order, line, now_stands, changes, now))
        elif _update(need, order, line, now_stands, changes):
            changed.append(need)
    dropped = [_settle(need, NeedState.DROPPED, now) for need in known.values()]
    Need.objects.bulk_create(opened)
    save_needs([*covered, *changed, *dropped])
    return Followed(tuple(opened), tuple(covered))


def counted_on(order: Order, line: OrderLine, stands: Standing) -> date | None:
    """The day that the buyer counts on; none for what is wished as soon as possible and was promised for no day yet."""
    return due_of(order, line) if wish_of(order, line) or stands.late else None


def unsettled_needs(order: Order) -> list[Need]:
    """The needs of the order that are not settled, as the current scope may see them."""
    return list(Need.objects.visible_to(current()).filter(order=order, settled_at=None).order_by("id"))


def settle_all(order: Order, state: NeedState, *, now: datetime) -> None:
    """Settle what an order that goes no further still needs. One SQL statement."""
    needs = Need.objects.visible_to(current()).filter(order=order, settled_at=None)
    needs.update(state=state.value, lacking=0, late=0, settled_at=now)


def save_needs(needs: Iterable[Need]) -> None:
    """Write changed needs. At most one SQL statement per five hundred."""
    found = list(needs)
    if found:
        Need.objects.visible_to(current()).bulk_update(found, _FIELDS, batch_size=500)


def _opened(order: Order, line: OrderLine, stands: Standing, changes: Arising, now: datetime) -> Need:
    cause, told = changes.of_product.get(line.product_id or 0, (NeedCause.SHORT, {}))
    return Need(
        order=order,
        order_line=line,
        seller_id=order.seller_id,
        buyer_entity_id=order.buyer_entity_id,
        product_id=line.product_id or 0,
        quantity=stands.lacking + stands.late,
        lacking=stands.lacking,
        late=stands.late,
        late_on=stands.late_on,
        wished_on=counted_on(order, line, stands),
        cause=cause.value,
        told=[told] if told else [],
        opened_at=now,
    )


def _update(need: Need, order: Order, line: OrderLine, stands: Standing, changes: Arising) -> bool:
    """Bring the need up to date; a new slip asks anew."""
    change = changes.of_product.get(need.product_id)
    figures = (stands.lacking, stands.late, stands.late_on, counted_on(order, line, stands))
    if change is None and figures == (need.lacking, need.late, need.late_on, need.wished_on):
        return False
    need.lacking, need.late, need.late_on, need.wished_on = figures
    need.quantity = max(need.quantity, stands.lacking + stands.late)
    if need.state == NeedState.PLANNED.value:
        need.state, need.arrival_id = NeedState.OPEN.value, None
    if change is not None:
        need.cause, need.told = change[0].value, [*need.told, change[1]]
        _ask_anew(need)
    return True


def _ask_anew(need: Need) -> None:
    need.choice, need.choice_params, need.choice_fault = "", {}, ""
    need.chosen_at = need.carried_out_at = None
    need.chosen_by = ""


def _settle(need: Need, state: NeedState, now: datetime) -> Need:
    need.state, need.settled_at = state.value, now
    need.lacking = need.late = need.lacking * 0
    return need
