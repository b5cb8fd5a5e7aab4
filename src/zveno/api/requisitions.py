"""Operations of a buyer's key on requisitions: how the approval of an order stands, taking one back for good."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from zveno.api import shapes
from zveno.api.door import opened
from zveno.api.errors import NothingHere
from zveno.base.scope import Section
from zveno.orders.actions.approval.take_back_requisition import take_back_requisition
from zveno.orders.queries.approval.brief import RequisitionBrief, requisition_brief
from zveno.orders.queries.approval.requisition_list import RequisitionFilter, RequisitionRow, requisition_list
from zveno.orders.rules.approval.states import RequisitionState
from zveno.partners.rules.roles import Right

router = Router(tags=["Approval"])


@router.get("/requisitions", response=shapes.RequisitionRows, summary="Orders that your company approves")
def list_requisitions(
    request: HttpRequest,
    state: RequisitionState | None = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    per_page: Annotated[int, Field(ge=1, le=200)] = 50,
) -> shapes.RequisitionRows:
    """The requisitions of your entities, those sent last first."""
    with opened(request, Section.BUYING, Right.ORDERS_SEE):
        wanted = RequisitionFilter(states=[state] if state else ())
        found = requisition_list(wanted=wanted, page=page, per_page=per_page)
        return shapes.RequisitionRows(items=[_row(row) for row in found.rows], count=found.count, page=found.page)


@router.get("/requisitions/{requisition_id}", response=shapes.Requisition, summary="One requisition")
def get_requisition(request: HttpRequest, requisition_id: int) -> shapes.Requisition:
    """How it stands, and whom it waits for."""
    with opened(request, Section.BUYING, Right.ORDERS_SEE):
        return shown_requisition(requisition_id)


@router.post("/requisitions/{requisition_id}/withdraw", response=shapes.Requisition, summary="Withdraw a requisition")
def withdraw_requisition(request: HttpRequest, requisition_id: int) -> shapes.Requisition:
    """Ask nobody about it any more. Withdrawing again changes nothing."""
    with opened(request, Section.BUYING, Right.ORDERS_PLACE) as caller:
        take_back_requisition(actor=caller.actor, requisition_id=requisition_id, for_good=True, now=caller.now)
        return shown_requisition(requisition_id)


def shown_requisition(requisition_id: int) -> shapes.Requisition:
    """The requisition as the API tells it. Raises NothingHere."""
    found = requisition_brief(requisition_id=requisition_id)
    if found is None:
        raise NothingHere
    return _shape(found)


def _shape(found: RequisitionBrief) -> shapes.Requisition:
    head = found.head
    return shapes.Requisition(
        requisition_id=head.id,
        number=head.number,
        state=head.state.value,
        step=head.step,
        steps=head.steps,
        waits_for=list(found.waits_for),
        rule=head.rule_name,
        order_id=head.order_id,
        total=head.total,
        currency=head.currency,
        wished_on=head.wished_on,
        due_at=head.due_at,
        words=found.words,
        lines=[
            shapes.RequisitionLine(**{name: getattr(line, name) for name in shapes.RequisitionLine.model_fields})
            for line in found.lines
        ],
    )


def _row(row: RequisitionRow) -> shapes.RequisitionRow:
    return shapes.RequisitionRow(
        requisition_id=row.id,
        number=row.number,
        state=row.state.value,
        step=row.step,
        steps=row.steps,
        rule=row.rule_name,
        author=row.author,
        entity=row.entity,
        seller=row.seller,
        sent_at=row.sent_at,
        order_id=row.order_id,
        total=row.total,
        currency=row.currency,
    )
