"""People of a company as the desk handles them: the head appointed, somebody invited, somebody blocked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zveno.base import clock
from zveno.desk.partners.company import found
from zveno.desk.partners.forms import HeadForm, InviteForm
from zveno.partners.actions.appoint_head import appoint_head
from zveno.partners.actions.block_member import block_member
from zveno.partners.actions.invite_member import invite_member
from zveno.partners.actions.resend_invitation import resend_invitation
from zveno.partners.actions.revoke_invitation import revoke_invitation
from zveno.partners.queries.members import invitation_company
from zveno.partners.rules.roles import OPERATOR_ROLES, Role, company_roles
from zveno.ui.forms import carried_out, status_of


@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, company_id: int) -> HttpResponse:
    """Appoint the head of the cabinet (N9)."""
    company = found(company_id)
    form = HeadForm(request.POST or None)

    def appoint(told: dict[str, Any]) -> None:
        appoint_head(company_id=company_id, now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, appoint):
        return redirect("desk_partners:company", company_id)
    return render(request, "desk/partners/head.html", {"form": form, "company": company}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, company_id: int) -> HttpResponse:
    """Invite a person into the company; into the operator's own with the operator's roles."""
    company = found(company_id)
    roles = _given(company)
    form = InviteForm(request.POST or None, roles=roles)

    def send(told: dict[str, Any]) -> None:
        role = Role(told.pop("role"))
        invite_member(company_id=company_id, role=role, given=roles, now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, send):
        return redirect("desk_partners:company", company_id)
    return render(request, "desk/partners/invite.html", {"form": form, "company": company}, status=status_of(form))


@require_POST
def block(request: HttpRequest, company_id: int, member_id: int) -> HttpResponse:
    """Block (`blocked=1`) or let in again."""
    company = found(company_id)
    block_member(
        company_id=company_id,
        member_id=member_id,
        blocked=request.POST.get("blocked") == "1",
        given=_given(company),
        now=clock.now(),
    )
    return redirect("desk_partners:company", company_id)


@require_POST
def invite_again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Mail the invitation once more."""
    resend_invitation(invitation_id=invitation_id, now=clock.now())
    return redirect("desk_partners:company", invitation_company(invitation_id))


@require_POST
def revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Withdraw the invitation."""
    revoke_invitation(invitation_id=invitation_id, now=clock.now())
    return redirect("desk_partners:company", invitation_company(invitation_id))


def _given(company: Any) -> tuple[Role, ...]:
    return tuple(OPERATOR_ROLES) if company.is_operator else company_roles(sells=company.is_seller)
