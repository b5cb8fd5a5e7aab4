"""States of a requisition and the ways between them: one table, which every action asks."""

from __future__ import annotations

from enum import StrEnum


class RequisitionState(StrEnum):
    """Where a requisition stands. `WAITING` is at one of its steps; `APPROVED` waits to become an order."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    PLACED = "placed"
    RETURNED = "returned"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Deed(StrEnum):
    """What moves a requisition from one state to another."""

    SEND = "send"
    GO_ON = "go_on"
    APPROVE = "approve"
    RETURN = "return"
    DECLINE = "decline"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    ASK_AGAIN = "ask_again"
    PLACE = "place"


_S, _D = RequisitionState, Deed
_WAYS: dict[tuple[RequisitionState, Deed], RequisitionState] = {
    (_S.DRAFT, _D.SEND): _S.WAITING,
    (_S.DRAFT, _D.WITHDRAW): _S.WITHDRAWN,
    (_S.DRAFT, _D.EXPIRE): _S.EXPIRED,
    # To the next step, or to the head when nobody answers in time.
    (_S.WAITING, _D.GO_ON): _S.WAITING,
    # What was approved so far is asked anew: the content has changed.
    (_S.WAITING, _D.ASK_AGAIN): _S.WAITING,
    (_S.WAITING, _D.APPROVE): _S.APPROVED,
    (_S.WAITING, _D.RETURN): _S.RETURNED,
    (_S.WAITING, _D.DECLINE): _S.DECLINED,
    (_S.WAITING, _D.TAKE_BACK): _S.DRAFT,
    (_S.WAITING, _D.WITHDRAW): _S.WITHDRAWN,
    (_S.WAITING, _D.EXPIRE): _S.EXPIRED,
    (_S.APPROVED, _D.PLACE): _S.PLACED,
    (_S.APPROVED, _D.ASK_AGAIN): _S.WAITING,
    # Nothing to decide anew: the terms have ended, or nobody is left to place it.
    (_S.APPROVED, _D.RETURN): _S.RETURNED,
    (_S.RETURNED, _D.SEND): _S.WAITING,
    (_S.RETURNED, _D.WITHDRAW): _S.WITHDRAWN,
    (_S.RETURNED, _D.EXPIRE): _S.EXPIRED,
}
# What its author may still change and send.
EDITABLE = frozenset({_S.DRAFT, _S.RETURNED})
OPEN = frozenset({state for state, _ in _WAYS})
# What counts against a budget beside placed orders.
HOLDS_BUDGET = frozenset({_S.WAITING, _S.APPROVED})


def after(state: RequisitionState, deed: Deed) -> RequisitionState | None:
    """The state that `deed` leads to from `state`; `None` where it is not possible."""
    return _WAYS.get((state, deed))
