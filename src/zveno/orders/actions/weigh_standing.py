"""Weighing what buyers did so far, for their standing with a seller."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.orders.queries.pasts import pasts_of
from zveno.pricing.actions.claim_first_order import release_first_order
from zveno.pricing.actions.give_standing import weigh_standings
from zveno.pricing.queries.standings import asked_now


@in_transaction
def weigh_standing(*, seller_id: int, entity_ids: Collection[int], now: datetime) -> int:
    """Let each entity stand with the seller as its orders and shipments say; how many changed.

    One whose orders all came to nothing has not ordered yet. Run twice, it comes to the same.
    """
    months = {one.months for one in asked_now(seller_id=seller_id, now=now)}
    pasts = pasts_of(seller_id=seller_id, entity_ids=entity_ids, months=months, now=now)
    for entity_id, past in pasts.items():
        if not past.orders:
            release_first_order(seller_id=seller_id, buyer_entity_id=entity_id, now=now)
    return weigh_standings(seller_id=seller_id, pasts=pasts, now=now)
