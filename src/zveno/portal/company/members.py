"""People of one's own company: the list, a person, invitations (N10, F22, F23)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base import clock
from zveno.partners.actions.block_member import block_member
from zveno.partners.actions.change_member import change_member
from zveno.partners.actions.invite_member import invite_member
from zveno.partners.actions.resend_invitation import resend_invitation
from zveno.partners.actions.revoke_invitation import revoke_invitation
from zveno.partners.labels import ROLE_LABELS
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.entities import entities_of
from zveno.partners.queries.history import history
from zveno.partners.queries.members import MemberValue, member_with, members_of, waiting_invitations
from zveno.partners.rules.roles import Right, Role, roles_given_by
from zveno.portal.company.forms import InvitationForm, PlaceForm
from zveno.portal.company.tabs import tabs_for
from zveno.ui import deeds
from zveno.ui.forms import carried_out, status_of

_DEEDS_SHOWN = 50


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Everybody of the company, and invitations that wait."""
    actor = _actor(request)
    told = {
        "tabs": tabs_for(actor),
        "members": [(m, ROLE_LABELS[m.role]) for m in members_of(actor.company_id)],
        "invitations": [(i, ROLE_LABELS[i.role]) for i in waiting_invitations(actor.company_id)],
        "may_manage": Right.MEMBERS_MANAGE in actor.rights,
        "now": clock.now(),
    }
    return render(request, "portal/company/members.html", told)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Whom to invite, as what, for which entities."""
    actor = _actor(request)
    form = InvitationForm(request.POST or None, roles=_given(actor), entities=_entities(actor))

    def send(told: dict[str, Any]) -> None:
        role = Role(told.pop("role"))
        invite_member(company_id=actor.company_id, given=_given(actor), role=role, now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, send):
        return redirect("company:members")
    return render(request, "portal/company/invite.html", {"form": form}, status=status_of(form))


@require_GET
def show(request: HttpRequest, member_id: int) -> HttpResponse:
    """A person: place, what may be done with it, what they did and what was done to them."""
    actor = _actor(request)
    return _page(request, actor, _member(actor, member_id), form=None)


@require_POST
def change(request: HttpRequest, member_id: int) -> HttpResponse:
    """Give another role or other entities."""
    actor = _actor(request)
    member = _member(actor, member_id)
    form = PlaceForm(request.POST, roles=_given(actor), entities=_entities(actor))

    def keep(told: dict[str, Any]) -> None:
        change_member(
            company_id=actor.company_id,
            member_id=member_id,
            role=Role(told["role"]),
            entity_ids=told["entity_ids"],
            given=_given(actor),
            now=clock.now(),
        )

    if carried_out(form, keep):
        return redirect("company:member", member_id)
    return _page(request, actor, member, form=form)


@require_POST
def block(request: HttpRequest, member_id: int) -> HttpResponse:
    """Block (`blocked=1`) or let in again; orders, shipments and claims stay."""
    actor = _actor(request)
    _member(actor, member_id)
    block_member(
        company_id=actor.company_id,
        member_id=member_id,
        blocked=request.POST.get("blocked") == "1",
        given=_given(actor),
        now=clock.now(),
    )
    return redirect("company:member", member_id)


@require_POST
def invite_again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Mail the invitation once more, for another seven days."""
    resend_invitation(invitation_id=invitation_id, now=clock.now())
    return redirect("company:members")


@require_POST
def revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Withdraw the invitation."""
    revoke_invitation(invitation_id=invitation_id, now=clock.now())
    return redirect("company:members")


def _page(request: HttpRequest, actor: Actor, member: MemberValue, form: PlaceForm | None) -> HttpResponse:
    given = _given(actor)
    may_change = member.role in given
    if form is None and may_change:
        kept = {"role": member.role.value, "entity_ids": list(member.entity_ids)}
        form = PlaceForm(initial=kept, roles=given, entities=_entities(actor))
    told = {
        "member": member,
        "role": ROLE_LABELS[member.role],
        "form": form if may_change else None,
        "is_self": member.user_id == actor.user_id,
        "events": deeds.events(history(company_id=actor.company_id, actor_id=member.user_id)[:_DEEDS_SHOWN]),
    }
    return render(request, "portal/company/member.html", told, status=status_of(form) if form else 200)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _given(actor: Actor) -> tuple[Role, ...]:
    return roles_given_by(actor.role, sells=actor.company_is_seller)


def _entities(actor: Actor) -> list[tuple[int, str]]:
    return [(e.pk, e.name) for e in entities_of(actor.company_id)]


def _member(actor: Actor, member_id: int) -> MemberValue:
    found = member_with(company_id=actor.company_id, member_id=member_id)
    if found is None:
        raise Http404
    return found
