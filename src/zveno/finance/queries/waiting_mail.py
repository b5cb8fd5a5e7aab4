"""Whose mail about money is to be looked at, for the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zveno.base.scope import current
from zveno.finance.models import Account, MoneyMail
from zveno.finance.rules.settling import RULE


@dataclass(frozen=True, slots=True)
class MailReader:
    """A person who is mailed about a company's money."""

    user: Any
    company_id: int


def mails_switched_on() -> list[int]:
    """The ids of all choices that are switched on. One SQL statement."""
    return list(MoneyMail.objects.visible_to(current()).filter(is_on=True).order_by("id").values_list("pk", flat=True))


def mail_reader(*, mail_id: int) -> MailReader | None:
    """Whose choice it is; None where it was switched off meanwhile."""
    row = MoneyMail.objects.visible_to(current()).filter(pk=mail_id, is_on=True).select_related("user").first()
    return MailReader(row.user, row.company_id) if row else None


def sellers_unsettled() -> list[int]:
    """Sellers with accounts that the present rule has not settled. One SQL statement."""
    rows = Account.objects.visible_to(current()).exclude(settled_by=RULE)
    return sorted(set(rows.values_list("seller_id", flat=True)))
