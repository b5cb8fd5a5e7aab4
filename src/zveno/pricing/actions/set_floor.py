"""Which price column is the floor: sales below it are pointed out."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.kit.errors import NotFound
from zveno.pricing.models import PriceKind


class FloorKindUnknown(NotFound):
    """No such column of this seller is to be seen by the asker."""


@in_transaction
def set_floor(*, seller_id: int, price_kind_id: int | None) -> tuple[str, bool]:
    """Let one column of the seller be the floor, or none; its name ("" for none) and whether anything changed.

    Raises FloorKindUnknown.
    """
    columns = list(
        PriceKind.objects.visible_to(current()).filter(seller_id=seller_id).select_for_update().order_by("id")
    )
    chosen = next((one for one in columns if one.pk == price_kind_id), None)
    if price_kind_id is not None and chosen is None:
        raise FloorKindUnknown
    changed = [one for one in columns if one.is_floor != (one is chosen)]
    for one in changed:
        one.is_floor = one is chosen
        one.save(update_fields=["is_floor"])
    return chosen.name if chosen else "", bool(changed)
