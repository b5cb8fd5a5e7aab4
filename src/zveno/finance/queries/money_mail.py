"""What people chose to be mailed about money."""

from __future__ import annotations

from dataclasses import fields

from zveno.base.scope import current
from zveno.finance.models import MoneyMail
from zveno.finance.rules.reminding import MailChoice


def money_mail_of(*, user_id: int, company_id: int) -> MailChoice | None:
    """The person's choice for the company; None where they chose nothing, and nothing is mailed."""
    row = MoneyMail.objects.visible_to(current()).filter(user_id=user_id, company_id=company_id).first()
    return choice_of(row) if row else None


def choice_of(row: MoneyMail) -> MailChoice:
    """The row as a value."""
    return MailChoice(**{field.name: getattr(row, field.name) for field in fields(MailChoice)})
