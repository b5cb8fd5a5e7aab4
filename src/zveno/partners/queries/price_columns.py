"""Whose trade terms use which price column."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from zveno.base.clock import today_at
from zveno.base.scope import current
from zveno.partners.models import TradeTerms


def buyers_by_price_kind(*, seller_id: int, time_zone: str) -> dict[int, list[str]]:
    """Price kind → names of the companies that buy by it today, by name, each once. One SQL statement."""
    today = today_at(time_zone)
    rows = (
        TradeTerms.objects.visible_to(current())
        .filter(seller_id=seller_id, price_kind_id__isnull=False, valid_from__lte=today)
        .filter(Q(valid_to=None) | Q(valid_to__gt=today))
        .order_by("buyer_company__name")
        .values_list("price_kind_id", "buyer_company__name")
        .distinct()
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for kind_id, name in rows:
        if kind_id is not None:
            found[kind_id].append(name)
    return dict(found)
