"""A warehouse as an accounting system tells it."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.models import Warehouse

LONGEST_NAME = 200


@in_transaction
def take_warehouse(*, seller_id: int, warehouse_id: int | None, name: str, is_active: bool = True) -> tuple[int, str]:
    """Make the warehouse (`warehouse_id` is `None`) or bring it up to date: its id, and what was done to it.

    An empty name says that the sender did not tell it. Balances and reservations stay as they are.
    """
    if warehouse_id is None:
        made = Warehouse.objects.create(seller_id=seller_id, name=name[:LONGEST_NAME], is_active=is_active)
        return made.pk, "created"
    known = Warehouse.objects.visible_to(current()).get(pk=warehouse_id, seller_id=seller_id)
    told = name[:LONGEST_NAME] or known.name
    if (known.name, known.is_active) == (told, is_active):
        return known.pk, "unchanged"
    known.name, known.is_active = told, is_active
    known.save(update_fields=["name", "is_active"])
    return known.pk, "changed"
