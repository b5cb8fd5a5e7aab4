"""Notes that people keep to themselves (F16)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from zveno.base.walls import Rows, Walled, Walls
from zveno.orders.models.order import Order

_OWN = Rows("user_id", "users")


class OrderNote(Walled):
    """What one person noted beside an order. Nobody else reads it, on whichever side, at the desk neither."""

    walls = Walls(buying=_OWN, selling=_OWN, desk=_OWN)

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=2000)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "order"], name="order_note_once"),)
