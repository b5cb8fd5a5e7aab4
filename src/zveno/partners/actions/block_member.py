"""Blocking a person in a company, and letting them in again (F23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zveno.accounts.actions.end_sessions import end_sessions
from zveno.base import events
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.members_locked import check_head_stays, locked_member
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import OwnPlace, RoleAboveOwn
from zveno.partners.events import MemberBlocked
from zveno.partners.rules.roles import Role


@in_transaction
def block_member(*, company_id: int, member_id: int, blocked: bool, given: Sequence[Role], now: datetime) -> None:
    """With `blocked` the person acts for the company no more from the next request on; their orders, shipments and
    claims stay the company's. Repeating it changes nothing.

    `given` are the roles that the one who blocks may give. Raises PartnerUnknown, OwnPlace, RoleAboveOwn, LastHead.
    """
    member = locked_member(company_id=company_id, member_id=member_id)
    if member.user_id == current().user_id:
        raise OwnPlace
    if Role(member.role) not in given:
        raise RoleAboveOwn(role=member.role)
    if (member.blocked_at is not None) == blocked:
        return
    if blocked:
        check_head_stays(member)
    member.blocked_at = now if blocked else None
    member.save(update_fields=["blocked_at"])
    action = "member_blocked" if blocked else "member_unblocked"
    record_own(action=action, subject=member, company_id=company_id, now=now, person=member.user.shown_name)
    if blocked:
        end_sessions(user_id=member.user_id)
        events.publish(MemberBlocked(company_id=company_id, user_id=member.user_id))
