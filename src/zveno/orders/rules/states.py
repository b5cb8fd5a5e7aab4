"""States of an order and the ways between them."""

from __future__ import annotations

from enum import StrEnum


class OrderState(StrEnum):
    """Where an order stands. `PLACED` waits for the promise; `ATTENTION` waits for the seller's manager."""

    PLACED = "placed"
    ATTENTION = "attention"
    CONFIRMED = "confirmed"
    IN_WORK = "in_work"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    COMPLETED = "completed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


_FORWARD: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PLACED: frozenset(
        {
            OrderState.ATTENTION,
            OrderState.CONFIRMED,
            OrderState.IN_WORK,
            OrderState.PARTLY_SHIPPED,
            OrderState.SHIPPED,
            OrderState.COMPLETED,
            OrderState.REJECTED,
            OrderState.CANCELLED,
        }
    ),
    OrderState.ATTENTION: frozenset(
        {
            OrderState.CONFIRMED,
            OrderState.IN_WORK,
            OrderState.PARTLY_SHIPPED,
            OrderState.SHIPPED,
            OrderState.COMPLETED,
            OrderState.REJECTED,
            OrderState.CANCELLED,
        }
    ),
    OrderState.CONFIRMED: frozenset(
        {
            OrderState.ATTENTION,
            OrderState.IN_WORK,
            OrderState.PARTLY_SHIPPED,
            OrderState.SHIPPED,
            OrderState.COMPLETED,
            OrderState.REJECTED,
            OrderState.CANCELLED,
        }
    ),
    OrderState.IN_WORK: frozenset(
        {
            OrderState.ATTENTION,
            OrderState.PARTLY_SHIPPED,
            OrderState.SHIPPED,
            OrderState.COMPLETED,
            OrderState.REJECTED,
            OrderState.CANCELLED,
        }
    ),
    OrderState.PARTLY_SHIPPED: frozenset({OrderState.SHIPPED, OrderState.COMPLETED, OrderState.CANCELLED}),
    OrderState.SHIPPED: frozenset({OrderState.COMPLETED}),
    OrderState.COMPLETED: frozenset(),
    OrderState.REJECTED: frozenset(),
    OrderState.CANCELLED: frozenset(),
}

# The line of steps that a person sees; the other states are shown as what stopped it.
STEPS = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.IN_WORK, OrderState.SHIPPED, OrderState.COMPLETED)
OPEN = frozenset(state for state, onward in _FORWARD.items() if onward)
HOLDS_RESERVATION = frozenset(
    {OrderState.PLACED, OrderState.ATTENTION, OrderState.CONFIRMED, OrderState.IN_WORK, OrderState.PARTLY_SHIPPED}
)


def may_become(now: OrderState, then: OrderState) -> bool:
    """Whether an order in `now` may be set to `then`. The ERP may skip steps forward, nobody may go back."""
    return then in _FORWARD[now]
