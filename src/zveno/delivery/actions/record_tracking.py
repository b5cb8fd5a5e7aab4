"""What was said of a parcel: kept once, in any order; the state follows, and whoever listens is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from zveno.base.audit import record
from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.errors import ParcelNotFound, ParcelTooFarOn
from zveno.delivery.events import ParcelMoved
from zveno.delivery.models import Parcel, ParcelEvent
from zveno.delivery.ports import Tracking, carrier_plugin
from zveno.delivery.rules.tracking import OVER, ParcelState, Said, next_look, state_of


@in_transaction
def record_tracking(*, parcel_id: int, tracking: Tracking, now: datetime) -> ParcelState:
    """Keep what the carrier's system says of the parcel, and when to look again. Raises ParcelNotFound."""
    parcel = locked_parcel(parcel_id)
    parcel.failures, parcel.problem = 0, ""
    if tracking.number:
        parcel.number = tracking.number[:60]
    if tracking.expected_on is not None:
        parcel.expected_on = tracking.expected_on
        parcel.first_expected_on = parcel.first_expected_on or tracking.expected_on
    if tracking.refused:
        parcel.problem = tracking.refused[:300]
        said = (*tracking.said, Said(now, ParcelState.PROBLEM, "refused", tracking.refused[:300]))
        parcel.next_look_at = None
    else:
        said = tracking.said
    state = add_words(parcel, said, source="carrier", now=now)
    parcel.next_look_at = None if tracking.refused else next_look(now=now, failures=0, state=state)
    parcel.save(update_fields=["next_look_at"])
    return state


@in_transaction
def note_failure(*, parcel_id: int, words: str, now: datetime) -> None:
    """The carrier's system did not answer: look again later, less often each time."""
    parcel = locked_parcel(parcel_id)
    parcel.failures += 1
    parcel.problem = words[:300]
    parcel.next_look_at = next_look(now=now, failures=parcel.failures, state=ParcelState(parcel.state))
    parcel.save(update_fields=["failures", "problem", "next_look_at"])


@in_transaction
def say_of_parcel(*, parcel_id: int, state: ParcelState, now: datetime, on: date | None = None) -> None:
    """A manager says how far a parcel is that no system follows, and when it is expected.

    Raises ParcelNotFound, ParcelTooFarOn (it is over).
    """
    parcel = locked_parcel(parcel_id)
    if ParcelState(parcel.state) in OVER:
        raise ParcelTooFarOn(number=str(parcel), state=parcel.state)
    if on is not None:
        parcel.expected_on = on
        parcel.first_expected_on = parcel.first_expected_on or on
    add_words(parcel, [Said(now, state, "said")], source="person", now=now)
    record(
        action="parcel_said",
        subject=parcel,
        now=now,
        company_id=parcel.buyer_company_id,
        seller_id=parcel.seller_id,
        number=str(parcel),
        state=state.value,
    )


@in_transaction
def tell_words(*, parcel_id: int, said: Sequence[Said], expected_on: date | None, now: datetime) -> ParcelState:
    """Keep what a seller's program says of a parcel, in any order; the same again changes nothing."""
    parcel = locked_parcel(parcel_id)
    if expected_on is not None:
        parcel.expected_on = expected_on
        parcel.first_expected_on = parcel.first_expected_on or expected_on
    return add_words(parcel, said, source="api", now=now)


@in_transaction
def set_tracking_number(*, parcel_id: int, number: str, now: datetime) -> None:
    """The number under which the carrier knows the parcel; a carrier with a system of its own is asked at once.

    Raises ParcelNotFound.
    """
    parcel = locked_parcel(parcel_id)
    parcel.number = number.strip()[:60]
    kind = parcel.carrier.kind if parcel.carrier else ""
    parcel.next_look_at = now if parcel.number and carrier_plugin(kind) else None
    parcel.save(update_fields=["number", "next_look_at"])
    record(
        action="tracking_number_set",
        subject=parcel,
        now=now,
        company_id=parcel.buyer_company_id,
        seller_id=parcel.seller_id,
        number=parcel.number,
        order=parcel.order_number,
    )


def locked_parcel(parcel_id: int) -> Parcel:
    """The parcel as the current scope may see it, its row locked. Raises ParcelNotFound."""
    rows = Parcel.objects.visible_to(current()).select_for_update(of=("self",)).select_related("carrier")
    parcel = rows.filter(pk=parcel_id).first()
    if parcel is None:
        raise ParcelNotFound()
    return parcel


def add_words(parcel: Parcel, said: Sequence[Said], *, source: str, now: datetime) -> ParcelState:
    """Add words to a locked parcel, those that are known already left out; saves it and returns its state."""
    ParcelEvent.objects.bulk_create(
        (
            ParcelEvent(
                parcel=parcel,
                seller_id=parcel.seller_id,
                buyer_entity_id=parcel.buyer_entity_id,
                at=word.at,
                state=word.state.value,
                code=word.code[:60],
                text=word.text[:300],
                place=word.place[:120],
                source=source,
                # A day's shipment is told once, whatever else is said at that hour.
                key=word.key,
            )
            for word in said
        ),
        ignore_conflicts=True,
    )
    rows = ParcelEvent.objects.visible_to(current()).filter(parcel=parcel)
    words = [Said(row.at, ParcelState(row.state), row.code, row.text, row.place) for row in rows]
    before, state = ParcelState(parcel.state), state_of(words, otherwise=ParcelState(parcel.state))
    parcel.state = state.value
    if state is ParcelState.DELIVERED:
        parcel.delivered_at = max(word.at for word in words if word.state is state)
    if state in OVER:
        parcel.next_look_at = None
    parcel.save()
    if state is not before and parcel.order_id is not None:
        publish(
            ParcelMoved(
                order_id=parcel.order_id,
                seller_id=parcel.seller_id,
                buyer_entity_id=parcel.buyer_entity_id,
                number=str(parcel),
                carrier=parcel.carrier_name,
                before=before,
                state=state,
                at=now,
            )
        )
    return state
