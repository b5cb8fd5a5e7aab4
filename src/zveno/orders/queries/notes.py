"""One's own notes on orders (F16)."""

from __future__ import annotations

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from zveno.base.scope import current
from zveno.orders.models import OrderNote


def own_note() -> Coalesce:
    """What the acting person noted, as a column of orders that are read; empty where they noted nothing."""
    notes = OrderNote.objects.visible_to(current()).filter(user_id__in=current().ids("users"), order_id=OuterRef("pk"))
    return Coalesce(Subquery(notes.values("text")[:1]), Value(""), output_field=CharField())
