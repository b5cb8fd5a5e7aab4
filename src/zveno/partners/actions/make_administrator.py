"""Tying a person to the operator as its administrator: the installation's first deed."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.create_company import create_company
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import NameMissing
from zveno.partners.models import Company, Member
from zveno.partners.rules.roles import Role


@in_transaction
def make_administrator(*, user_id: int, company_name: str, now: datetime) -> Company:
    """The operator, made with `company_name` where there is none, with the person as an administrator not blocked.

    Raises NameMissing where an operator must be made and no name is given.
    """
    operator = Company.objects.visible_to(current()).filter(is_operator=True).first()
    if operator is None:
        if not company_name.strip():
            raise NameMissing
        operator = create_company(name=company_name, is_operator=True, is_buyer=False, now=now)
    member, _ = Member.objects.visible_to(current()).update_or_create(
        company=operator, user_id=user_id, defaults={"role": Role.OPERATOR_ADMIN, "blocked_at": None}
    )
    record_own(action="head_appointed", subject=member, company_id=operator.pk, now=now, person=member.user.shown_name)
    return operator
