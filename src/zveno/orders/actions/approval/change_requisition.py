"""Changing what a requisition holds: by its author before it is sent again, by those who decide within their right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.asking_again import begin_round, pick_again
from zveno.orders.actions.approval.deciding import hearing
from zveno.orders.actions.approval.freezing import FROZEN, freeze_line, sum_up
from zveno.orders.actions.approval.moving import keep_deed, lines_of, locked_requisition, tell
from zveno.orders.actions.approval.own_requisition import own_requisition
from zveno.orders.errors import ChangeNotAllowed, LineProblem, LinesNotOrderable, NothingToOrder, fault_of
from zveno.orders.models import Requisition, RequisitionLine
from zveno.orders.queries.approval.offer import OfferedLine, WantedLine, offer_now
from zveno.orders.queries.approval.terms import terms_of_requisition
from zveno.orders.rules.approval.states import EDITABLE
from zveno.orders.rules.approval.steps import Change
from zveno.partners.queries.actors import Actor, TermsValue

_ZERO = Decimal(0)


@in_transaction
def change_requisition(
    *,
    actor: Actor,
    requisition_id: int,
    quantities: Mapping[int, Decimal],
    version: int | None,
    now: datetime,
    wished_on: date | None = None,
    sets_wish: bool = False,
) -> None:
    """Set the quantities of lines by their position (zero removes one), and with `sets_wish` the wished date.

    Changed lines are priced as of now; the others stay as they were written down. A change that raises the sum while
    it waits begins a new round, so that whoever gave their word sees it. The same again changes nothing.
    Raises what `hearing` raises, NotYourRequisition, ChangeNotAllowed, NothingToOrder, LinesNotOrderable, NoTerms, the
    wished date's faults.
    """
    requisition = locked_requisition(requisition_id)
    is_waiting = requisition.state not in EDITABLE
    heard = None
    if is_waiting:
        heard = hearing(requisition_id=requisition_id, user_id=actor.user_id, version=version, now=now)
        requisition = heard.requisition
    else:
        requisition = own_requisition(actor=actor, requisition_id=requisition_id)
    lines = lines_of(requisition)
    changed = [line for line in lines if quantities.get(line.position, line.quantity) != line.quantity]
    if not any(quantities.get(line.position, line.quantity) for line in lines):
        raise NothingToOrder()
    if heard is not None:
        _check_right(requisition, heard.step.may_change, changed, quantities, sets_wish)
    terms = terms_of_requisition(actor, requisition.buyer_entity_id, requisition.seller_id)
    before = requisition.total
    wish_before = requisition.wished_on
    if sets_wish:
        requisition.wished_on = wished_on
    told = _change_lines(requisition, lines, changed, quantities, terms, now)
    wish_told = requisition.wished_on != wish_before
    if not told and not wish_told:
        return
    sum_up(requisition, lines)
    requisition.version += 1
    tell(
        requisition,
        "changed",
        now=now,
        lines=told,
        before=str(before),
        after=str(requisition.total),
        currency=requisition.currency,
        **({"wished": wished_on.isoformat() if wished_on else "-"} if wish_told else {}),
    )
    keep_deed(requisition, "requisition_changed", now=now)
    if heard is not None and requisition.total > before:
        pick_again(requisition, lines, terms, now=now)
        stopped = [{"code": "raised", "line": 0, "before": str(before), "now": str(requisition.total)}]
        begin_round(requisition, heard.circle, heard.settings, now=now, stopped=stopped)
        return
    requisition.save()


def _check_right(
    requisition: Requisition,
    allowed: Change,
    changed: Sequence[RequisitionLine],
    quantities: Mapping[int, Decimal],
    sets_wish: bool,
) -> None:
    more = any(quantities[line.position] > line.quantity for line in changed)
    if (allowed is Change.NOTHING and (changed or sets_wish)) or (allowed is Change.LESS and more):
        raise ChangeNotAllowed(number=requisition.number, allowed=allowed.value)


def _change_lines(
    requisition: Requisition,
    lines: Sequence[RequisitionLine],
    changed: Sequence[RequisitionLine],
    quantities: Mapping[int, Decimal],
    terms: TermsValue,
    now: datetime,
) -> list[dict[str, str]]:
    """Price the changed lines as of now and save them; what to tell of it. The promise is that of all lines."""
    told = [
        {"code": line.code, "name": line.name, "from": _text(line.quantity), "to": _text(quantities[line.position])}
        for line in changed
    ]
    wanted = [
        WantedLine(line.position, line.product_id, quantities.get(line.position, line.quantity), line.wished_on)
        for line in lines
    ]
    offer = offer_now(terms=terms, lines=[w for w in wanted if w.quantity != 0], wishes=requisition.wishes, now=now)
    for problem in offer.problems if offer else ():
        raise fault_of(problem.code, place="wished_on", **problem.params)
    offered = {line.position: line for line in offer.lines} if offer else {}
    _check_lines([offered[line.position] for line in changed if line.position in offered])
    for line in changed:
        if line.position in offered:
            freeze_line(line, offered[line.position])
        else:
            line.quantity, line.total, line.promise, line.uncovered = _ZERO, _ZERO, [], _ZERO
            line.promised_on = None
    if changed:
        RequisitionLine.objects.visible_to(current()).bulk_update(changed, FROZEN, batch_size=500)
    return told


def _check_lines(lines: Sequence[OfferedLine]) -> None:
    stopped = [
        LineProblem(index, line.product_id, line.code, line.name, line.problem)
        for index, line in enumerate(lines)
        if line.problem is not None
    ]
    if stopped:
        raise LinesNotOrderable(stopped)


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
