"""What a carrier's system sends by itself: kept as it came, then applied, once however often it comes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from zveno.base.scope import Scope, Section, current, refine
from zveno.base.tx import in_transaction
from zveno.delivery.actions.deferring import defer_look, defer_message
from zveno.delivery.actions.record_tracking import add_words, locked_parcel
from zveno.delivery.errors import CarrierNotFound
from zveno.delivery.models import Carrier, CarrierMessage, Parcel
from zveno.delivery.ports import Notice, carrier_plugin

LARGEST = 256 * 1024


@in_transaction
def take_message(*, body: str, now: datetime) -> None:
    """Keep the message of the carrier whose secret was shown; a repeated one is kept already.

    Who sends it is known by the secret alone: it opens the carrier's one row, and then the seller's own messages.
    Raises CarrierNotFound.
    """
    carrier = Carrier.objects.visible_to(current()).first()
    if carrier is None or carrier_plugin(carrier.kind) is None:
        raise CarrierNotFound()
    refine(Scope(section=Section.SELLING, sellers=(carrier.seller_id,), actor_name=carrier.name))
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    made = CarrierMessage.objects.bulk_create(
        [CarrierMessage(seller_id=carrier.seller_id, carrier=carrier, received_at=now, body=body, sha256=sha256)],
        ignore_conflicts=True,
    )
    kept = CarrierMessage.objects.visible_to(current()).get(carrier=carrier, sha256=sha256)
    if made and kept.applied_at is None:
        defer_message(message_id=kept.pk, carrier_id=carrier.pk)


@in_transaction
def apply_notices(*, message_id: int, notices: Sequence[Notice], now: datetime, problem: str = "") -> int:
    """Apply what a message says to the parcels that it is about; how many it found. Applied again, nothing changes.

    A message only hints: the carrier is asked for the whole story as well, so that nothing hangs on one message.
    """
    message = CarrierMessage.objects.visible_to(current()).select_for_update(of=("self",)).get(pk=message_id)
    found = 0
    for notice in notices:
        parcel_id = _parcel_id(message.carrier_id, notice)
        if parcel_id is None:
            continue
        parcel = locked_parcel(parcel_id)
        parcel.number = parcel.number or notice.number[:60]
        add_words(parcel, notice.said, source="carrier", now=now)
        defer_look(parcel_id=parcel_id)
        found += 1
    message.applied_at = now
    message.problem = (problem or ("" if found or not notices else "unknown_parcel"))[:300]
    message.save(update_fields=["applied_at", "problem"])
    return found


def _parcel_id(carrier_id: int, notice: Notice) -> int | None:
    rows = Parcel.objects.visible_to(current()).filter(carrier_id=carrier_id)
    for name, value in (("reference", notice.reference), ("key", notice.key), ("number", notice.number)):
        if value and (found := rows.filter(**{name: value}).values_list("pk", flat=True).first()):
            return found
    return None
