"""The seller's manager says something on an order; the buyer reads it in the order's history."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.history import tell
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.errors import WordsMissing


@in_transaction
def say_on_order(*, order_id: int, words: str, now: datetime) -> None:
    """Add `words` to the order's history. Raises OrderNotFound, WordsMissing."""
    words = words.strip()[:1000]
    if not words:
        raise WordsMissing()
    tell(locked_order(order_id), "said", now=now, words=words)
