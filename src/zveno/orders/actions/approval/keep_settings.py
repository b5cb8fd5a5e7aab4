"""What holds for all requisitions of a company."""

from __future__ import annotations

from datetime import datetime

from zveno.accounts.queries.keys import keys_of_company
from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.errors import FigureWrong, PersonUnknown
from zveno.orders.models import ApprovalSettings
from zveno.orders.queries.approval.rulebook import SettingsValue

_MOST_HOURS, _MOST_DAYS = 24 * 14, 365


@in_transaction
def keep_settings(*, company_id: int, wanted: SettingsValue, now: datetime) -> None:
    """Let these settings hold from now on; the same again changes nothing. Raises FigureWrong, PersonUnknown."""
    if not 0 <= wanted.remind_hours <= _MOST_HOURS:
        raise FigureWrong(field="remind_hours", least=0, most=_MOST_HOURS)
    if not 1 <= wanted.expire_days <= _MOST_DAYS:
        raise FigureWrong(field="expire_days", least=1, most=_MOST_DAYS)
    if not set(wanted.exempt_key_ids) <= {key.id for key in keys_of_company(company_id=company_id)}:
        raise PersonUnknown(field="exempt_key_ids")
    ApprovalSettings.objects.bulk_create([ApprovalSettings(company_id=company_id)], ignore_conflicts=True)
    rows = ApprovalSettings.objects.visible_to(current()).select_for_update()
    row = rows.get(company_id=company_id)
    before = (row.own_allowed, row.links_without_sign_in, row.remind_hours, row.expire_days, row.exempt_key_ids)
    row.own_allowed, row.links_without_sign_in = wanted.own_allowed, wanted.links_without_sign_in
    row.remind_hours, row.expire_days = wanted.remind_hours, wanted.expire_days
    row.exempt_key_ids = sorted(wanted.exempt_key_ids)
    if before == (row.own_allowed, row.links_without_sign_in, row.remind_hours, row.expire_days, row.exempt_key_ids):
        return
    row.save()
    record(action="approval_settings_changed", subject=row, now=now, company_id=company_id)
