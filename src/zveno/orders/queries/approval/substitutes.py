"""Substitutions of a company, for its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from zveno.base.scope import current
from zveno.orders.models import ApprovalSubstitute


@dataclass(frozen=True, slots=True)
class SubstituteValue:
    """Who decides for whom, on which days, both included."""

    id: int
    user_id: int
    user: str
    substitute: str
    first_day: date
    last_day: date


def substitutes_of(company_id: int, *, today: date, user_id: int | None = None) -> list[SubstituteValue]:
    """The company's substitutions that are not over, of one person or of all, the earliest first. One statement."""
    rows = ApprovalSubstitute.objects.visible_to(current()).filter(company_id=company_id, valid_to__gt=today)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    return [
        SubstituteValue(
            id=row.pk,
            user_id=row.user_id,
            user=row.user.shown_name,
            substitute=row.substitute.shown_name,
            first_day=row.valid_from,
            last_day=row.valid_to - timedelta(days=1),
        )
        for row in rows.select_related("user", "substitute").order_by("valid_from", "id")
    ]
