"""How a carrier counts, from a day on; what held before stays known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.save_carrier import locked_carrier
from zveno.delivery.errors import PeriodTurned
from zveno.delivery.models import CarrierTerms

FIELDS = (
    "currency", "kg_per_m3", "weekdays", "cut_off_hour", "prepare_days", "days_work", "free_from", "vat_percent",
    "vat_included", "road_factor", "heaviest_piece_kg",
)  # fmt: skip


@in_transaction
def set_carrier_terms(
    *, seller_id: int, carrier_id: int, terms: Mapping[str, Any], valid_from: date, now: datetime
) -> CarrierTerms:
    """Let `terms` (by the names in FIELDS) hold from `valid_from`; the open period ends there.

    Told again for the day on which the open period begins, they replace it. Raises CarrierNotFound, PeriodTurned.
    """
    carrier = locked_carrier(carrier_id=carrier_id, seller_id=seller_id)
    rows = CarrierTerms.objects.visible_to(current()).filter(carrier=carrier, valid_to=None)
    open_now = rows.first()
    if open_now is not None and open_now.valid_from > valid_from:
        raise PeriodTurned(on=open_now.valid_from.isoformat(), field="valid_from")
    told = {name: terms[name] for name in FIELDS if name in terms}
    if open_now is not None and open_now.valid_from == valid_from:
        made = open_now
    else:
        made = CarrierTerms(seller_id=seller_id, carrier=carrier, valid_from=valid_from)
        if open_now is not None:
            open_now.valid_to = valid_from
            open_now.save(update_fields=["valid_to"])
    for name, value in told.items():
        setattr(made, name, value)
    made.save()
    record(
        action="carrier_terms_set",
        subject=carrier,
        now=now,
        company_id=seller_id,
        seller_id=seller_id,
        name=carrier.name,
        on=valid_from.isoformat(),
        terms={name: str(value) for name, value in told.items()},
    )
    return made
