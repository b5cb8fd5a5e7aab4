"""The people of a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zveno.base.scope import current
from zveno.partners.models import Invitation, Member, MemberEntity
from zveno.partners.rules.roles import Role


@dataclass(frozen=True, slots=True)
class MemberValue:
    """A person's place in a company; no `entities` means all of them."""

    id: int
    company_id: int
    user_id: int
    name: str
    email: str
    phone: str
    role: Role
    entities: tuple[tuple[int, str], ...]
    blocked_at: datetime | None
    created_at: datetime
    last_login: datetime | None

    @property
    def entity_ids(self) -> tuple[int, ...]:
        return tuple(pk for pk, _ in self.entities)


@dataclass(frozen=True, slots=True)
class InvitationValue:
    """An invitation that waits to be accepted."""

    id: int
    email: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime


def members_of(company_id: int) -> list[MemberValue]:
    """The company's people that the current scope may see, by name; the blocked ones last. Two statements."""
    rows = Member.objects.visible_to(current()).filter(company_id=company_id).select_related("user")
    found = _values(list(rows))
    return sorted(found, key=lambda m: (m.blocked_at is not None, m.name.casefold()))


def member_with(*, company_id: int, member_id: int) -> MemberValue | None:
    """One person of the company, if the current scope may see them."""
    rows = Member.objects.visible_to(current()).filter(company_id=company_id, pk=member_id).select_related("user")
    return next(iter(_values(list(rows))), None)


def waiting_invitations(company_id: int) -> list[InvitationValue]:
    """Invitations neither accepted nor withdrawn, newest first; expired ones too, to be sent again."""
    rows = Invitation.objects.visible_to(current()).filter(company_id=company_id, accepted_at=None, revoked_at=None)
    return [
        InvitationValue(
            id=i.pk, email=i.email, name=i.name, role=Role(i.role), created_at=i.created_at, expires_at=i.expires_at
        )
        for i in rows.order_by("-created_at")
    ]


def _values(members: list[Member]) -> list[MemberValue]:
    bindings = MemberEntity.objects.visible_to(current()).filter(member_id__in=[m.pk for m in members])
    bound: dict[int, list[tuple[int, str]]] = {}
    for member_id, entity_id, name in bindings.values_list("member_id", "entity_id", "entity__name"):
        bound.setdefault(member_id, []).append((entity_id, name))
    return [
        MemberValue(
            id=m.pk,
            company_id=m.company_id,
            user_id=m.user_id,
            name=m.user.shown_name,
            email=m.user.email,
            phone=m.user.phone,
            role=Role(m.role),
            entities=tuple(sorted(bound.get(m.pk, ()), key=lambda pair: pair[1])),
            blocked_at=m.blocked_at,
            created_at=m.created_at,
            last_login=m.user.last_login,
        )
        for m in members
    ]


def invitation_company(invitation_id: int) -> int | None:
    """The id of the company that an invitation is into, if the current scope may see it."""
    rows = Invitation.objects.visible_to(current()).filter(pk=invitation_id)
    return rows.values_list("company_id", flat=True).first()
