"""A price column as an accounting system tells it."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.pricing.models import PriceKind


@in_transaction
def take_price_kind(
    *,
    seller_id: int,
    price_kind_id: int | None,
    name: str,
    currency: str,
    vat_included: bool | None,
) -> tuple[int, bool]:
    """Make the column (`price_kind_id` is `None`) or bring it up to date. Returns its id and whether anything changed.

    An empty currency and a `None` say that the sender did not tell: a new column gets roubles with VAT inside.
    """
    if price_kind_id is None:
        made = PriceKind.objects.create(
            seller_id=seller_id, name=name, currency=currency or "RUB", vat_included=vat_included is not False
        )
        return made.pk, True
    kind = PriceKind.objects.visible_to(current()).get(pk=price_kind_id, seller_id=seller_id)
    told = {"name": name or kind.name, "currency": currency or kind.currency}
    told["vat_included"] = kind.vat_included if vat_included is None else vat_included  # type: ignore[assignment]
    changed = {field: value for field, value in told.items() if getattr(kind, field) != value}
    for field, value in changed.items():
        setattr(kind, field, value)
    if changed:
        kind.save(update_fields=list(changed))
    return kind.pk, bool(changed)
