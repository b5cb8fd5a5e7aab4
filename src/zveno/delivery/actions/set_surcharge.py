"""A surcharge of a carrier, from a day on, or its end."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.save_carrier import locked_carrier
from zveno.delivery.errors import PeriodTurned
from zveno.delivery.models import CarrierSurcharge
from zveno.delivery.rules.tariffs import Extra, Surcharge


@in_transaction
def set_surcharge(
    *, seller_id: int, carrier_id: int, extra: Extra, surcharge: Surcharge | None, valid_from: date, now: datetime
) -> None:
    """Let `surcharge` hold from `valid_from`, or with `None` the one in force end there.

    Raises CarrierNotFound, PeriodTurned.
    """
    carrier = locked_carrier(carrier_id=carrier_id, seller_id=seller_id)
    rows = CarrierSurcharge.objects.visible_to(current()).filter(carrier=carrier, extra=extra.value, valid_to=None)
    open_now = rows.first()
    if open_now is not None:
        if open_now.valid_from > valid_from:
            raise PeriodTurned(on=open_now.valid_from.isoformat(), field="valid_from")
        open_now.valid_to = valid_from
        open_now.save(update_fields=["valid_to"])
    if surcharge is not None:
        CarrierSurcharge.objects.create(
            seller_id=seller_id,
            carrier=carrier,
            extra=extra.value,
            amount=surcharge.amount,
            percent=surcharge.percent,
            over_kg=surcharge.over_kg,
            over_m3=surcharge.over_m3,
            valid_from=valid_from,
        )
    record(
        action="surcharge_set" if surcharge else "surcharge_ended",
        subject=carrier,
        now=now,
        company_id=seller_id,
        seller_id=seller_id,
        name=carrier.name,
        extra=extra.value,
        on=valid_from.isoformat(),
    )
