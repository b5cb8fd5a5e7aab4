"""A price column as the seller's people make and change it."""

from __future__ import annotations

from datetime import datetime

from zveno.base.locks import Lock, hold
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.pricing.actions.checks import Whose, kind_of, record_terms
from zveno.pricing.errors import NameNeeded, PriceKindNameTaken
from zveno.pricing.models import PriceKind


@in_transaction
def set_price_kind(
    *,
    seller_id: int,
    price_kind_id: int | None,
    name: str,
    currency: str,
    vat_included: bool,
    region_id: int | None,
    now: datetime,
) -> tuple[int, bool]:
    """Make the column (`price_kind_id` None) or change it; its id, and whether anything changed.

    Currency and VAT of a column with prices are facts of those prices: they are changed with care, the trace of what
    was ordered stays as it was. Raises NameNeeded, PriceKindNameTaken, PriceKindUnknown.
    """
    name = name.strip()[:200]
    if not name:
        raise NameNeeded(field="name")
    hold(Lock.TERMS_OF_SELLER, seller_id)
    if (
        PriceKind.objects.visible_to(current())
        .filter(seller_id=seller_id, name=name)
        .exclude(pk=price_kind_id or 0)
        .exists()
    ):
        raise PriceKindNameTaken(field="name", name=name)
    kind = PriceKind(seller_id=seller_id)
    if price_kind_id is not None:
        kind = kind_of(seller_id=seller_id, price_kind_id=price_kind_id)
    told = {"name": name, "currency": currency, "vat_included": vat_included, "region_id": region_id}
    if kind.pk is not None and all(getattr(kind, field) == value for field, value in told.items()):
        return kind.pk, False
    action = "price_kind_made" if kind.pk is None else "price_kind_changed"
    for field, value in told.items():
        setattr(kind, field, value)
    kind.save()
    record_terms(
        action, whose=Whose(seller_id), name="", at=now, now=now, kind=name, currency=currency, vat=vat_included
    )
    return kind.pk, True
