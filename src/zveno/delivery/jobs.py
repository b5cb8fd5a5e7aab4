"""Work with carriers' own systems: what is needed is read, the call made outside any transaction, the answer kept.

Silence is tried again; a refusal is a result. Each job may run twice, or be killed and run again: the carrier knows a
parcel by our key, and what is said twice is kept once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import structlog
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zveno.base import files, tasks
from zveno.base.clock import now
from zveno.base.jobs import RETRY
from zveno.base.models import StoredFile
from zveno.base.scope import entered, system_scope
from zveno.base.tabular.reading import read_workbook
from zveno.delivery.actions import deferring
from zveno.delivery.actions.book_segment import (
    keep_booking,
    keep_cancelled,
    keep_label,
    note_silence,
    refuse_booking,
)
from zveno.delivery.actions.keep_live_quote import keep_live_quote, keep_place_code
from zveno.delivery.actions.record_tracking import note_failure, record_tracking
from zveno.delivery.actions.take_message import apply_notices
from zveno.delivery.actions.take_tariff import take_tariff
from zveno.delivery.ports import CarrierQuote, CarrierRefused, CarrierSilent, QuoteRequest, Spot
from zveno.delivery.queries.calls import (
    Line,
    booking_call,
    last_answer,
    line_of,
    message_with,
    parcel_line,
    spot_of,
)
from zveno.delivery.queries.carriers import zone_names
from zveno.delivery.queries.offers import Question
from zveno.delivery.queries.parcels import parcels_being_booked, parcels_to_look_at
from zveno.delivery.rules.asking import is_fresh
from zveno.delivery.rules.tables import read_tariffs

log = structlog.get_logger()
# A carrier that is down for an hour comes back within these: 1, 2, 4 … minutes.
PATIENT = RetryStrategy(max_attempts=8, exponential_wait=4)
_LOOKS_AT_ONCE = 500
_BOOKING_LOST_AFTER = timedelta(minutes=30)


@app.task(name=deferring.ASK, queue="carriers", retry=RETRY)
def ask_carrier(
    carrier_id: int, from_place_id: int, to_place_id: int, weight_g: int, volume_cm3: int, order_id: int | None = None
) -> None:
    """Ask a carrier what a load costs, unless somebody has just asked. Its silence is kept too, for pages to say."""
    question = Question(carrier_id, from_place_id, to_place_id, weight_g, volume_cm3)
    with transaction.atomic(), entered(system_scope()):
        line, known = line_of(carrier_id=carrier_id), last_answer(question)
        if line is None:
            return
        spots = [spot_of(place_id, system=line.plugin.kind) for place_id in (from_place_id, to_place_id)]
    if known is not None and is_fresh(known.asked_at, failed=bool(known.problem), now=now()):
        return
    start, end = spots
    if start is None or end is None:
        return
    quotes: tuple[CarrierQuote, ...] = ()
    problem = words = ""
    try:
        start = _coded(line, from_place_id, start)
        end = _coded(line, to_place_id, end)
        request = QuoteRequest(start, end, weight_g, volume_cm3)
        quotes = tuple(line.plugin.sign_in(line.options).quote(request))
    except CarrierSilent as silent:
        problem, words = "silent", str(silent.params.get("words", ""))
    except CarrierRefused as refused:
        problem, words = "refused", str(refused.params.get("words", ""))
    with transaction.atomic(), entered(system_scope()):
        keep_live_quote(
            seller_id=line.seller_id,
            question=question,
            quotes=quotes,
            now=now(),
            problem=problem,
            words=words,
            order_id=order_id,
        )


@app.task(name=deferring.BOOK, queue="carriers", retry=PATIENT)
def book_parcel(parcel_id: int) -> None:
    """Book a parcel; one that is booked, or was called off meanwhile, is left alone."""
    with transaction.atomic(), entered(system_scope()):
        call = booking_call(parcel_id=parcel_id)
        if call is None:
            refuse_booking(parcel_id=parcel_id, words="", now=now())
            return
    if call.reference or call.state not in ("booking", "problem"):
        return
    try:
        start = _coded(call.line, call.start_place_id, call.request.start)
        end = _coded(call.line, call.end_place_id, call.request.end)
        booking = call.line.plugin.sign_in(call.line.options).book(replace(call.request, start=start, end=end))
    except CarrierSilent as silent:
        with transaction.atomic(), entered(system_scope()):
            note_silence(parcel_id=parcel_id, words=str(silent.params.get("words", "")))
        raise
    except CarrierRefused as refused:
        with transaction.atomic(), entered(system_scope()):
            refuse_booking(parcel_id=parcel_id, words=str(refused.params.get("words", "")), now=now())
        return
    with transaction.atomic(), entered(system_scope()):
        keep_booking(parcel_id=parcel_id, booking=booking, now=now())


@app.task(name=deferring.LABEL, queue="carriers", retry=PATIENT)
def fetch_label(parcel_id: int) -> None:
    """Fetch the paper of a booked parcel; while it is being made, try again later."""
    with transaction.atomic(), entered(system_scope()):
        found = parcel_line(parcel_id=parcel_id)
    if found is None:
        return
    line, reference, _ = found
    try:
        label = line.plugin.sign_in(line.options).label(reference)
    except CarrierRefused:
        return
    with transaction.atomic(), entered(system_scope()):
        keep_label(parcel_id=parcel_id, label=label, now=now())


@app.task(name=deferring.CANCEL, queue="carriers", retry=PATIENT)
def cancel_parcel(parcel_id: int) -> None:
    """Call a parcel off at its carrier; what the carrier has already is told by the next look."""
    with transaction.atomic(), entered(system_scope()):
        found = parcel_line(parcel_id=parcel_id)
    if found is not None:
        line, reference, _ = found
        try:
            line.plugin.sign_in(line.options).cancel(reference)
        except CarrierRefused as refused:
            with transaction.atomic(), entered(system_scope()):
                note_failure(parcel_id=parcel_id, words=str(refused.params.get("words", "")), now=now())
            return
    with transaction.atomic(), entered(system_scope()):
        keep_cancelled(parcel_id=parcel_id, now=now())


@app.task(name=deferring.LOOK, queue="carriers", retry=RETRY)
def look_at_parcel(parcel_id: int) -> None:
    """Ask the carrier where a parcel is. A carrier that is silent is asked again later by the schedule."""
    with transaction.atomic(), entered(system_scope()):
        found = parcel_line(parcel_id=parcel_id)
    if found is None:
        return
    line, reference, _ = found
    try:
        tracking = line.plugin.sign_in(line.options).track(reference)
    except (CarrierSilent, CarrierRefused) as fault:
        with transaction.atomic(), entered(system_scope()):
            note_failure(parcel_id=parcel_id, words=str(fault.params.get("words", "")), now=now())
        return
    with transaction.atomic(), entered(system_scope()):
        record_tracking(parcel_id=parcel_id, tracking=tracking, now=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="zveno.delivery.look_at_parcels", queueing_lock="look_at_parcels", queue="carriers", pass_context=False)
def look_at_parcels(timestamp: int) -> None:
    """Let every parcel be looked at whose time has come, and every booking be taken up that was lost on its way."""
    moment = now()
    with transaction.atomic(), entered(system_scope()):
        for parcel_id in parcels_to_look_at(now=moment, limit=_LOOKS_AT_ONCE):
            deferring.defer_look(parcel_id=parcel_id)
        for parcel_id in parcels_being_booked(before=moment - _BOOKING_LOST_AFTER):
            deferring.defer_booking(parcel_id=parcel_id)


@app.task(name=deferring.APPLY, queue="carriers", retry=RETRY)
def apply_message(message_id: int) -> None:
    """Apply what a carrier's system sent."""
    with transaction.atomic(), entered(system_scope()):
        message = message_with(message_id=message_id)
        line = line_of(carrier_id=message.carrier_id)
        if message.applied_at is not None or line is None:
            return
        try:
            notices, problem = tuple(line.plugin.read_message(message.body)), ""
        except CarrierRefused as refused:
            notices, problem = (), str(refused.params.get("words", ""))
        apply_notices(message_id=message_id, notices=notices, now=now(), problem=problem)


@app.task(name=deferring.LOAD, queue="imports", retry=RETRY)
def load_tariff(file_id: int, task_id: int, seller_id: int, carrier_id: int, valid_from: str, whole: bool) -> None:
    """Take the good rows of a tariff table that its seller has looked at."""
    with tasks.watched(task_id), transaction.atomic(), entered(system_scope()):
        stored = StoredFile.objects.unscoped("the system reads what was handed in").get(pk=file_id)
        zones = zone_names(seller_id=seller_id, carrier_id=carrier_id)
        with files.on_disk(stored) as path:
            table = read_tariffs(read_workbook(path, stored.name).sheets[0], zones=zones)
        with tasks.reporting(task_id, total=len(table.lines)) as say:
            taken = take_tariff(
                seller_id=seller_id,
                carrier_id=carrier_id,
                lines=table.lines,
                valid_from=date.fromisoformat(valid_from),
                whole=whole,
                now=now(),
                say=say,
            )
        result = {"new": taken.new, "same": taken.same, "ended": taken.ended, "carrier_id": carrier_id}
        tasks.finish(task_id, now=now(), result={**result, "url": f"/sell/delivery/carriers/{carrier_id}/tariff/"})


def _coded(line: Line, place_id: int, spot: Spot) -> Spot:
    """The place with the carrier's own code, asked for once in the life of the place."""
    if spot.code:
        return spot
    code = line.plugin.place_code(line.options, spot)
    if not code:
        raise CarrierRefused(words=spot.name)
    with transaction.atomic(), entered(system_scope()):
        keep_place_code(place_id=place_id, system=line.plugin.kind, code=code)
    return replace(spot, code=code)
