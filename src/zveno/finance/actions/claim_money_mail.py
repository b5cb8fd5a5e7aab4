"""Deciding what a person is mailed about money now, once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.models import MoneyMail, SentReminder
from zveno.finance.queries.balances import Which
from zveno.finance.queries.receivables import open_debts
from zveno.finance.rules.reminding import is_quiet, stage_of, statement_is_due

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """What to mail: debts to remind of, and whether the statement is due."""

    document_ids: tuple[int, ...] = ()
    has_statement: bool = False

    def __bool__(self) -> bool:
        return bool(self.document_ids) or self.has_statement


@in_transaction
def claim_money_mail(*, mail_id: int, entity_ids: Collection[int], time_zone: str, now: datetime) -> Claim:
    """What is due to the person at `now` on their clock about these entities, marked as mailed: asked again, nothing.

    In quiet hours, at week-ends where they want none, and when switched off, nothing is claimed and nothing is lost.
    The work of the system; whoever sends the mail defers it in this transaction.
    """
    row = MoneyMail.objects.visible_to(current()).select_for_update().filter(pk=mail_id, is_on=True).first()
    local = now.astimezone(ZoneInfo(time_zone))
    if row is None or is_quiet(local.time(), row.quiet_from, row.quiet_to):
        return Claim()
    if local.weekday() >= _SATURDAY and not row.weekends:
        return Claim()
    has_statement = statement_is_due(row.statement, local.date(), row.statement_sent_on)
    if has_statement:
        row.statement_sent_on = local.date()
        row.save(update_fields=["statement_sent_on"])
    return Claim(_reminders(row, entity_ids, local.date(), now), has_statement)


def _reminders(row: MoneyMail, entity_ids: Collection[int], today: date, now: datetime) -> tuple[int, ...]:
    if not row.reminds:
        return ()
    which = Which(entity_ids=entity_ids)
    due = open_debts(which, today=today).filter(due_on__lte=today + timedelta(days=row.days_before))
    stages = {
        document_id: stage
        for document_id, due_on in due.values_list("pk", "due_on")
        if (stage := stage_of(
            due_on, today, days_before=row.days_before, every_days_after=row.every_days_after
        ))
    }  # fmt: skip
    sent = SentReminder.objects.visible_to(current()).filter(user_id=row.user_id, document_id__in=stages)
    told = set(sent.values_list("document_id", "stage"))
    news = [(document_id, stage) for document_id, stage in stages.items() if (document_id, stage) not in told]
    SentReminder.objects.bulk_create(
        SentReminder(user_id=row.user_id, document_id=document_id, stage=stage, sent_at=now)
        for document_id, stage in news
    )
    return tuple(document_id for document_id, _ in news)
