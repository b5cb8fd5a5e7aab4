"""After goods were held, moved or given back: what each line has now, which needs there are, what stops the order.

The last step of every action that touches the promise of an order. It reads what is held and derives the rest, so
that lines, needs and reasons never drift apart from the reservations.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from zveno.base.events import publish
from zveno.orders.actions.follow_needs import Arising, Followed, counted_on, follow_needs
from zveno.orders.actions.hold_supply import Held, due_of, needed_of
from zveno.orders.events import SupplyHeld
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.attention import LineOutcome, reasons
from zveno.orders.rules.standing import HeldPart, Standing, standing
from zveno.stock.queries.reservations import held_by_order
from zveno.stock.rules.policy import Policy
from zveno.stock.rules.words import Promising


@dataclass(frozen=True, slots=True)
class Settled:
    """How the order stands: by line id, with the reasons against confirming it, and what became of its needs."""

    standings: Mapping[int, Standing]
    reasons: list[dict[str, Any]]
    needs: Followed


def settle_promise(
    order: Order, lines: Sequence[OrderLine], held: Held, *, now: datetime, arising: Arising | None = None
) -> Settled:
    """Bring lines (all open ones) and needs in line with what the order holds. Five SQL statements at most.

    `arising` says why needs that arise now arise. The order's row stays as it is. Publishes SupplyHeld when a line
    stands otherwise than before.
    """
    parts = _parts(order.pk, held.policy)
    standings = {
        line.pk: standing(needed_of(line), parts[line.pk], due_on=due_of(order, line), today=held.today)
        for line in lines
    }
    if _keep(lines, standings, held):
        publish(SupplyHeld(order_id=order.pk))
    followed = follow_needs(order, lines, standings, now=now, arising=arising)
    outcomes = [_outcome(order, line, standings[line.pk], held) for line in lines]
    return Settled(standings, reasons(outcomes), followed)


def _parts(order_id: int, policy: Policy) -> defaultdict[int, list[HeldPart]]:
    found: defaultdict[int, list[HeldPart]] = defaultdict(list)
    for one in held_by_order(order_id=order_id):
        is_sure = one.confidence is None or policy.promising(one.confidence) is Promising.PROMISE
        found[one.order_line_id].append(HeldPart(one.quantity, one.warehouse, one.due_on, is_sure))
    return found


def _keep(lines: Sequence[OrderLine], standings: Mapping[int, Standing], held: Held) -> bool:
    """Write what covers the lines that stand otherwise than before; are there any? At most one SQL statement."""
    changed = []
    for line in lines:
        now = standings[line.pk]
        if line.pk in held.promises or (line.promise, line.uncovered) != (list(now.parts), now.lacking):
            line.promise, line.uncovered = list(now.parts), now.lacking
            changed.append(line)
    save_promises(changed)
    return bool(changed)


def save_promises(lines: Sequence[OrderLine]) -> None:
    """Write what covers the lines, and for when they are promised. At most one SQL statement."""
    if not lines:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE orders_orderline AS line
            SET promise = told.promise, uncovered = told.uncovered, promised_on = told.promised_on
            FROM unnest(%s::bigint[], %s::jsonb[], %s::numeric[], %s::date[])
                AS told (id, promise, uncovered, promised_on)
            WHERE line.id = told.id
            """,
            [
                [line.pk for line in lines],
                [json.dumps(line.promise, ensure_ascii=False) for line in lines],
                [line.uncovered for line in lines],
                [line.promised_on for line in lines],
            ],
        )


def promise_lines(lines: Sequence[OrderLine], held: Held) -> None:
    """Let lines be promised for the day by which what was held for them now is there; settling writes it."""
    for line in lines:
        promise = held.promises.get(line.pk)
        day = promise.promised_on if promise and promise.pins else None
        if day is not None and (line.promised_on is None or day > line.promised_on):
            line.promised_on = day


def _outcome(order: Order, line: OrderLine, now: Standing, held: Held) -> LineOutcome:
    return LineOutcome(
        position=line.position,
        code=line.code,
        name=line.name,
        wanted=now.needed,
        uncovered=now.lacking + now.late,
        unsure=now.unsure,
        earliest_on=_earliest(now, held.earliest.get(line.pk)),
        wished_on=counted_on(order, line, now),
        has_price=line.price > 0,
    )


def _earliest(now: Standing, lacking_on: date | None) -> date | None:
    """When all of the line could be there: what is late, and what is lacking."""
    days = [now.late_on] if now.late else []
    days += [lacking_on] if now.lacking else []
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None
