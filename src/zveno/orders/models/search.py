"""What orders are searched by beside their own columns and their products."""

from __future__ import annotations

from django.db import models

from zveno.base.walls import Rows, Walled, Walls
from zveno.orders.models.order import Order


class OrderWord(Walled):
    """A word of an order's comment, or of the name of a line without a product of ours; folded, once an order.

    The collation compares bytes, so that the beginning of a word is a range: what an index answers under row security.
    """

    walls = Walls(buying=Rows("buyer_entity_id", "entities"), selling=Rows("seller_id", "sellers"))

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="words")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+", db_index=False)
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+", db_index=False)
    word = models.CharField(max_length=60, db_collation="C")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["order", "word"], name="order_word_once"),)
        indexes = (
            models.Index(fields=["seller", "word"], include=["order"], name="order_word_of_seller"),
            models.Index(fields=["buyer_entity", "word"], include=["order"], name="order_word_of_buyer"),
            models.Index(fields=["word"], include=["order"], name="order_word"),
        )
