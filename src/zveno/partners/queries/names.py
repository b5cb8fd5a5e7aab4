"""Names of companies and entities for lists, read beside the rows: a partner of the past is not to hide its deeds."""

from __future__ import annotations

from collections.abc import Collection

from zveno.base.scope import current
from zveno.partners.models import Company, LegalEntity


def company_names(ids: Collection[int]) -> dict[int, str]:
    """The names of the companies among `ids` that the scope may know. One SQL statement."""
    return dict(Company.objects.visible_to(current()).filter(pk__in=set(ids)).values_list("pk", "name"))


def company_time_zone(company_id: int) -> str:
    """Where the company's days begin and end; Moscow's for one that the scope may not know. One SQL statement."""
    rows = Company.objects.visible_to(current()).filter(pk=company_id)
    return rows.values_list("time_zone", flat=True).first() or "Europe/Moscow"


def entity_names(ids: Collection[int]) -> dict[int, str]:
    """The names of the legal entities among `ids` that the scope may know. One SQL statement."""
    return dict(LegalEntity.objects.visible_to(current()).filter(pk__in=set(ids)).values_list("pk", "name"))
