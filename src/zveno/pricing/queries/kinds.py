"""Price kinds by name, for pages that show terms."""

from __future__ import annotations

from collections.abc import Collection

from zveno.base.scope import current
from zveno.pricing.models import PriceKind


def price_kind_names(ids: Collection[int]) -> dict[int, str]:
    """Names of those of the kinds that the current scope may see."""
    if not ids:
        return {}
    return dict(PriceKind.objects.visible_to(current()).filter(pk__in=ids).values_list("pk", "name"))
