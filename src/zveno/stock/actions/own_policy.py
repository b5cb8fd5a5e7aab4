"""A seller's policy, its row locked: first step of every action that changes it."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.stock.models import SupplyPolicy


def own_policy(seller_id: int) -> SupplyPolicy:
    """The seller's policy, made with the defaults when there is none yet; its row is locked."""
    policies = SupplyPolicy.objects.visible_to(current()).select_for_update().filter(seller_id=seller_id)
    found = policies.first()
    if found is None:
        SupplyPolicy.objects.bulk_create([SupplyPolicy(seller_id=seller_id)], ignore_conflicts=True)
        found = policies.get()
    return found
