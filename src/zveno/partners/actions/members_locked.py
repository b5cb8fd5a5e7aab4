"""The recipe by which places in a company are changed: the heads locked first, so that one of them always stays."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.partners.errors import LastHead, PartnerUnknown
from zveno.partners.models import Member
from zveno.partners.rules.roles import Role

HEADS = frozenset({Role.HEAD, Role.OPERATOR_ADMIN})


def locked_member(*, company_id: int, member_id: int) -> Member:
    """The member, with all the company's members locked in order of their ids. Raises PartnerUnknown."""
    rows = Member.objects.visible_to(current()).filter(company_id=company_id).select_related("user")
    found = {m.pk: m for m in rows.select_for_update(of=("self",)).order_by("pk")}
    if member_id not in found:
        raise PartnerUnknown
    return found[member_id]


def check_head_stays(member: Member) -> None:
    """Raise LastHead if the company has no other head who is not blocked. The members are locked already."""
    if Role(member.role) not in HEADS or member.blocked_at is not None:
        return
    others = Member.objects.visible_to(current()).filter(
        company_id=member.company_id, role=member.role, blocked_at=None
    )
    if not others.exclude(pk=member.pk).exists():
        raise LastHead
