"""Closing a cabinet, and opening it again."""

from __future__ import annotations

from datetime import datetime

from zveno.accounts.actions.end_sessions import end_sessions
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import OwnPlace, PartnerUnknown
from zveno.partners.models import Company, Member


@in_transaction
def block_company(*, company_id: int, blocked: bool, now: datetime) -> None:
    """With `blocked`, nobody acts for the company from the next request on; its orders and papers stay.

    Repeating it changes nothing. Raises PartnerUnknown, and OwnPlace for the operator, who would lock itself out.
    """
    company = Company.objects.visible_to(current()).select_for_update().filter(pk=company_id).first()
    if company is None:
        raise PartnerUnknown
    if company.is_operator:
        raise OwnPlace
    if (company.blocked_at is not None) == blocked:
        return
    company.blocked_at = now if blocked else None
    company.save(update_fields=["blocked_at"])
    action = "company_blocked" if blocked else "company_unblocked"
    record_own(action=action, subject=company, company_id=company.pk, now=now, name=company.name)
    if blocked:
        members = Member.objects.visible_to(current()).filter(company=company)
        for user_id in members.order_by("user_id").values_list("user_id", flat=True):
            end_sessions(user_id=user_id)
