"""The buyer chooses what shall become of a need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.history import tell
from zveno.orders.actions.locked_need import need_to_answer
from zveno.orders.actions.locked_order import locked_own_order
from zveno.orders.errors import OrderTooFarOn
from zveno.orders.events import NeedChosen
from zveno.orders.rules.editing import CANCELLABLE
from zveno.orders.rules.needs import Choice
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState
from zveno.partners.queries.actors import Actor

# What changes the order itself, which is the seller's once its warehouse works on it.
_CHANGING = frozenset({Choice.SUBSTITUTE, Choice.DROP})


@in_transaction
def choose_for_need(
    *, actor: Actor, need_id: int, choice: Choice, now: datetime, params: Mapping[str, object] | None = None
) -> None:
    """Keep the choice; a job carries it out, since goods of the seller move. The last choice counts.

    To ask the manager is carried out by asking. Raises NeedNotFound, NeedSettled, NotYourOrder, OrderTooFarOn.
    """
    need, order = need_to_answer(need_id)
    locked_own_order(actor=actor, order_id=order.pk)
    state = OrderState(order.state)
    if state not in HOLDS_RESERVATION or (choice in _CHANGING and state not in CANCELLABLE):
        raise OrderTooFarOn(number=order.number, state=order.state)
    need.choice, need.choice_params, need.choice_fault = choice.value, dict(params or {}), ""
    need.chosen_at, need.chosen_by = now, current().actor_name
    need.carried_out_at = now if choice is Choice.ASK else None
    need.save(update_fields=["choice", "choice_params", "choice_fault", "chosen_at", "chosen_by", "carried_out_at"])
    if choice is Choice.ASK:
        line = need.order_line
        quantity = format((need.lacking + need.late).normalize(), "f")
        tell(order, "asked", now=now, code=line.code, name=line.name, quantity=quantity)
    else:
        publish(NeedChosen(need_id=need.pk))
