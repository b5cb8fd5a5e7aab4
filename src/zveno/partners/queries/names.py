"""Names of companies and entities for lists, read beside the rows: a partner of the past is not to hide its deeds."""

from __future__ import annotations

from collections.abc import Collection

from zveno.base.scope import current
from zveno.partners.models import Company, LegalEntity


def company_names(ids: Collection[int]) -> dict[int, str]:
    """The names of the companies among `ids` that the scope may know. One SQL statement."""
    return dict(Company.objects.visible_to(current()).filter(pk__in=set(ids)).values_list("pk", "name"))


def entity_names(ids: Collection[int]) -> dict[int, str]:
    """The names of the legal entities among `ids` that the scope may know. One SQL statement."""
    return dict(LegalEntity.objects.visible_to(current()).filter(pk__in=set(ids)).values_list("pk", "name"))
