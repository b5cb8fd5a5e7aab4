"""Putting the work with carriers' systems into the queue, in the transaction that makes it needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from zveno.base.tx import in_transaction
from zveno.delivery.queries.offers import Question

ASK = "zveno.delivery.ask_carrier"
BOOK = "zveno.delivery.book_parcel"
CANCEL = "zveno.delivery.cancel_parcel"
LABEL = "zveno.delivery.fetch_label"
LOOK = "zveno.delivery.look_at_parcel"
APPLY = "zveno.delivery.apply_message"
LOAD = "zveno.delivery.load_tariff"


@in_transaction
def defer_questions(*, questions: Iterable[Question], order_id: int | None = None) -> None:
    """Let carriers be asked; a question that waits already is not asked twice, unless an order waits for its answer."""
    for question in questions:
        told = {
            "carrier_id": question.carrier_id,
            "from_place_id": question.from_place_id,
            "to_place_id": question.to_place_id,
            "weight_g": question.weight_g,
            "volume_cm3": question.volume_cm3,
            "order_id": order_id,
        }
        lock = f"ask-{'-'.join(map(str, told.values()))}"
        try:
            with transaction.atomic():
                app.configure_task(ASK, queueing_lock=lock).defer(**told)
        except AlreadyEnqueued:
            continue


@in_transaction
def defer_booking(*, parcel_id: int) -> None:
    """Let a parcel be booked; one parcel's calls go one by one."""
    app.configure_task(BOOK, lock=f"parcel-{parcel_id}").defer(parcel_id=parcel_id)


@in_transaction
def defer_cancelling(*, parcel_id: int) -> None:
    """Let a booked parcel be called off."""
    app.configure_task(CANCEL, lock=f"parcel-{parcel_id}").defer(parcel_id=parcel_id)


@in_transaction
def defer_label(*, parcel_id: int) -> None:
    """Let the paper of a booked parcel be fetched."""
    app.configure_task(LABEL, lock=f"parcel-{parcel_id}").defer(parcel_id=parcel_id)


@in_transaction
def defer_look(*, parcel_id: int) -> None:
    """Let the carrier be asked where a parcel is."""
    try:
        with transaction.atomic():
            task = app.configure_task(LOOK, lock=f"parcel-{parcel_id}", queueing_lock=f"look-{parcel_id}")
            task.defer(parcel_id=parcel_id)
    except AlreadyEnqueued:
        return


@in_transaction
def defer_message(*, message_id: int, carrier_id: int) -> None:
    """Let a carrier's message be applied."""
    app.configure_task(APPLY, lock=f"carrier-{carrier_id}").defer(message_id=message_id)


@in_transaction
def defer_tariff(*, file_id: int, task_id: int, seller_id: int, carrier_id: int, valid_from: date, whole: bool) -> None:
    """Let a tariff table be taken."""
    app.configure_task(LOAD, lock=f"tariff-{carrier_id}").defer(
        file_id=file_id,
        task_id=task_id,
        seller_id=seller_id,
        carrier_id=carrier_id,
        valid_from=valid_from.isoformat(),
        whole=whole,
    )
