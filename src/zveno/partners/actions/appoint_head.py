"""The operator's administrator appoints the head of a company (N9)."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.invite_member import invite_member
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import PartnerUnknown
from zveno.partners.models import Company, Member, MemberEntity
from zveno.partners.rules.roles import Role


@in_transaction
def appoint_head(*, company_id: int, email: str, now: datetime, name: str = "") -> None:
    """A person of the company becomes its head at once (and is unblocked); anybody else is invited as head by mail.

    Other heads stay. Raises PartnerUnknown and EmailWrong. The operator's own company gets an administrator.
    """
    company = Company.objects.visible_to(current()).select_for_update().filter(pk=company_id).first()
    if company is None:
        raise PartnerUnknown
    role = Role.OPERATOR_ADMIN if company.is_operator else Role.HEAD
    members = Member.objects.visible_to(current()).select_for_update(of=("self",)).select_related("user")
    member = members.filter(company=company, user__email=email.strip().lower()).first()
    if member is None:
        invite_member(company_id=company.pk, email=email, name=name, role=role, given=(role,), now=now)
        return
    member.role, member.blocked_at, member.appointed_by_id = role, None, current().user_id
    member.save(update_fields=["role", "blocked_at", "appointed_by_id"])
    MemberEntity.objects.visible_to(current()).filter(member=member).delete()
    record_own(action="head_appointed", subject=member, company_id=company.pk, now=now, person=member.user.shown_name)
