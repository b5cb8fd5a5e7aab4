"""Ending all mail about money by the link in it."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.models import MoneyMail


@in_transaction
def switch_off_money_mail() -> bool:
    """End the mail that the shown secret names (see `Scope.secret_sha256`); False where it names none. Repeatable."""
    return MoneyMail.objects.visible_to(current()).update(is_on=False) > 0
