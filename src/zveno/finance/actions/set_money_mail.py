"""Choosing what one is mailed about money, and when not."""

from __future__ import annotations

from dataclasses import fields

from zveno.accounts.rules.secrets import digest
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.errors import MailChoiceWrong
from zveno.finance.mailing import off_secret
from zveno.finance.models import MoneyMail
from zveno.finance.rules.reminding import STATEMENTS, MailChoice

MOST_DAYS_BEFORE, MOST_DAYS_AFTER = 30, 90


@in_transaction
def set_money_mail(*, user_id: int, company_id: int, choice: MailChoice) -> None:
    """Keep the choice of the acting person for one company. Raises MailChoiceWrong."""
    if choice.statement not in STATEMENTS:
        raise MailChoiceWrong(place="statement", field="statement")
    if not 0 <= choice.days_before <= MOST_DAYS_BEFORE:
        raise MailChoiceWrong(place="days_before", field="days_before")
    if not 0 <= choice.every_days_after <= MOST_DAYS_AFTER:
        raise MailChoiceWrong(place="every_days_after", field="every_days_after")
    rows = MoneyMail.objects.visible_to(current()).filter(user_id=user_id, company_id=company_id)
    row = rows.select_for_update().first() or MoneyMail(user_id=user_id, company_id=company_id)
    for field in fields(choice):
        setattr(row, field.name, getattr(choice, field.name))
    row.off_sha256 = digest(off_secret(user_id=user_id, company_id=company_id))
    row.save()
