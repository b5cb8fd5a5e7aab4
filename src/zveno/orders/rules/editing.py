"""Who may do what with an order (N3): everybody of the company sees it, its author edits it, the head edits all."""

from __future__ import annotations

from collections.abc import Collection

from zveno.orders.rules.states import OrderState
from zveno.partners.rules.roles import Right

# A buyer may take an order back until the seller's warehouse works on it.
CANCELLABLE = frozenset({OrderState.PLACED, OrderState.ATTENTION, OrderState.CONFIRMED})
# The seller's manager decides what did not confirm by itself, and may reject what has not left the house yet.
DECIDABLE = frozenset({OrderState.ATTENTION})
REJECTABLE = frozenset({OrderState.PLACED, OrderState.ATTENTION, OrderState.CONFIRMED})


# What the seller entered in its accounting system, the seller changes there.
ERP = "erp"


def may_edit(*, placed_by_id: int | None, source: str, user_id: int, rights: Collection[Right]) -> bool:
    """Whether a person of the buyer's company may edit an order: their own, or any for the head; none of the ERP's."""
    if source == ERP:
        return False
    if Right.ORDERS_EDIT_ALL in rights:
        return True
    return Right.ORDERS_PLACE in rights and placed_by_id == user_id


def may_cancel(state: OrderState) -> bool:
    """Whether the buyer may still cancel by themselves."""
    return state in CANCELLABLE
