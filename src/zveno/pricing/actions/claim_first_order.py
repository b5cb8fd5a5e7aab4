"""Being the first order of a buyer with a seller: claimed by the one that is, given back when it came to nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.pricing.models import FirstOrder


@in_transaction
def claim_first_order(*, seller_id: int, buyer_entity_id: int, now: datetime) -> bool:
    """Whether the order being placed is the first of the entity with the seller. One statement.

    Of two placed at once the second waits here for the end of the first one's transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO pricing_firstorder (seller_id, buyer_entity_id, claimed_at) VALUES (%s, %s, %s)
            ON CONFLICT (buyer_entity_id, seller_id) WHERE released_at IS NULL DO NOTHING
            """,
            [seller_id, buyer_entity_id, now],
        )
        return bool(cursor.rowcount)


@in_transaction
def release_first_order(*, seller_id: int, buyer_entity_id: int, now: datetime) -> None:
    """The entity has no order with the seller that stands any more: its next one is the first again."""
    claims = FirstOrder.objects.visible_to(current()).filter(seller_id=seller_id, buyer_entity_id=buyer_entity_id)
    claims.filter(released_at=None).update(released_at=now)
