"""The audit trail of a company, filtered."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from zveno.base.models import AuditEntry
from zveno.base.scope import current


def history(
    *,
    company_id: int | None = None,
    actor_id: int | None = None,
    actions: frozenset[str] | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> QuerySet[AuditEntry]:
    """What was done, as far as the current scope may read it, newest first.

    `company_id` keeps deeds that concern the company as buyer or seller; days are inclusive, in the active time zone.
    """
    rows = AuditEntry.objects.visible_to(current())
    if company_id is not None:
        rows = rows.filter(Q(company_id=company_id) | Q(seller_id=company_id))
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if actions is not None:
        rows = rows.filter(action__in=actions)
    if first_day is not None:
        rows = rows.filter(at__date__gte=first_day)
    if last_day is not None:
        rows = rows.filter(at__date__lt=last_day + timedelta(days=1))
    return rows.order_by("-at", "-id")


def doers(*, company_id: int) -> list[tuple[int, str]]:
    """Id and name of those whose deeds the company's history holds, by name."""
    rows = history(company_id=company_id).exclude(actor_id=None).order_by()
    return sorted(rows.values_list("actor_id", "actor_name").distinct(), key=lambda pair: pair[1])
