"""Who decides for whom while they are away."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.errors import ApprovalThingNotFound, PersonUnknown, SubstituteWrong
from zveno.orders.models import ApprovalSubstitute
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.members import members_of
from zveno.partners.rules.roles import Right


@in_transaction
def name_substitute(
    *, actor: Actor, user_id: int, substitute_id: int, first_day: date, last_day: date, now: datetime
) -> int:
    """Let `substitute_id` decide for `user_id` on these days, both included; the id of the substitution.

    Everybody names their own, the head anybody's. Raises SubstituteWrong, PersonUnknown.
    """
    if user_id == substitute_id:
        raise SubstituteWrong(field="substitute_id")
    if last_day < first_day:
        raise SubstituteWrong(field="last_day")
    names = {m.user_id: m.name for m in members_of(actor.company_id) if m.blocked_at is None}
    if user_id not in names or substitute_id not in names or not _may(actor, user_id):
        raise PersonUnknown(field="substitute_id")
    row = ApprovalSubstitute(
        company_id=actor.company_id,
        user_id=user_id,
        substitute_id=substitute_id,
        valid_from=first_day,
        valid_to=last_day + timedelta(days=1),
    )
    row.save(force_insert=True)
    record(
        action="approval_substitute_named",
        subject=row,
        now=now,
        company_id=actor.company_id,
        person=names[user_id],
        substitute=names[substitute_id],
    )
    return row.pk


@in_transaction
def remove_substitute(*, actor: Actor, substitution_id: int, now: datetime) -> None:
    """End the substitution at once. Raises ApprovalThingNotFound."""
    rows = ApprovalSubstitute.objects.visible_to(current()).select_for_update()
    row = rows.filter(company_id=actor.company_id, pk=substitution_id).first()
    if row is None or not _may(actor, row.user_id):
        raise ApprovalThingNotFound()
    record(action="approval_substitute_removed", subject=row, now=now, company_id=actor.company_id)
    row.delete()


def _may(actor: Actor, user_id: int) -> bool:
    return user_id == actor.user_id or Right.MEMBERS_MANAGE in actor.rights
