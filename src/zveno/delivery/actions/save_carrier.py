"""A carrier of a seller: its name, kind and how its parcels are shown."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.errors import CarrierKindUnknown, CarrierNameTaken, CarrierNotFound
from zveno.delivery.models import Carrier, CarrierTerms
from zveno.delivery.ports import carrier_plugin
from zveno.delivery.queries.carriers import PLAIN_KINDS
from zveno.partners.queries.parties import seller_with


@in_transaction
def save_carrier(
    *,
    seller_id: int,
    carrier_id: int | None,
    name: str,
    kind: str,
    position: int,
    is_active: bool,
    tracking_url: str,
    note: str,
    now: datetime,
) -> Carrier:
    """Make the carrier (`carrier_id` is `None`), with terms of everyday use from today on, or change it.

    The kind of a carrier that exists stays. Raises CarrierNotFound, CarrierKindUnknown, CarrierNameTaken.
    """
    own = Carrier.objects.visible_to(current()).filter(seller_id=seller_id)
    if own.filter(name=name).exclude(pk=carrier_id or 0).exists():
        raise CarrierNameTaken(name=name, field="name")
    if carrier_id is None:
        if kind not in PLAIN_KINDS and carrier_plugin(kind) is None:
            raise CarrierKindUnknown(kind=kind, field="kind")
        carrier = Carrier(seller_id=seller_id, kind=kind)
    else:
        carrier = locked_carrier(carrier_id=carrier_id, seller_id=seller_id)
    carrier.name, carrier.position, carrier.is_active = name, position, is_active
    carrier.tracking_url, carrier.note = tracking_url, note
    carrier.save()
    if carrier_id is None:
        seller = seller_with(seller_id=seller_id)
        CarrierTerms.objects.create(
            seller_id=seller_id, carrier=carrier, valid_from=seller.today(now) if seller else now.date()
        )
    record(
        action="carrier_saved", subject=carrier, now=now, company_id=seller_id, seller_id=seller_id, name=carrier.name
    )
    return carrier


def locked_carrier(*, carrier_id: int, seller_id: int) -> Carrier:
    """The seller's carrier, its row locked: who changes its terms is alone with it. Raises CarrierNotFound."""
    rows = Carrier.objects.visible_to(current()).select_for_update().filter(pk=carrier_id, seller_id=seller_id)
    carrier = rows.first()
    if carrier is None:
        raise CarrierNotFound()
    return carrier
