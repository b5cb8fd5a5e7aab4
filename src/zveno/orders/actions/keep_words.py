"""Keeping the words that an order is found by: a step of every action that writes its comment or its lines."""

from __future__ import annotations

from collections.abc import Sequence

from zveno.base.scope import current
from zveno.orders.models import Order, OrderLine, OrderWord
from zveno.orders.rules.search.texts import words_of


def keep_words(order: Order, lines: Sequence[OrderLine] | None = None, *, is_new: bool = False) -> None:
    """Make the kept words of a saved order equal to those of its comment and of its lines without a product of ours.

    Without `lines` they are read. At most four SQL statements; of a new order one, none where there are no words.
    """
    if lines is None:
        lines = list(OrderLine.objects.visible_to(current()).filter(order=order, product=None))
    unknown = [text for line in lines if line.product_id is None for text in (line.code, line.name)]
    wanted = set(words_of(order.comment, *unknown))
    kept = OrderWord.objects.visible_to(current()).filter(order=order)
    known = set() if is_new else set(kept.values_list("word", flat=True))
    if gone := known - wanted:
        kept.filter(word__in=gone).delete()
    OrderWord.objects.bulk_create(
        [
            OrderWord(order=order, seller_id=order.seller_id, buyer_entity_id=order.buyer_entity_id, word=word)
            for word in sorted(wanted - known)
        ],
        ignore_conflicts=True,
    )
