"""Asking for a price list: the work is put into the queue, the page follows it."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

from zveno.base import tasks
from zveno.base.tx import in_transaction
from zveno.partners.queries.actors import Actor
from zveno.pricelists.rules.columns import Asked, Format

KIND = "price_list"
MAKE = "zveno.pricelists.jobs.make_price_list"


@in_transaction
def ask_for_list(*, actor: Actor, seller_id: int, asked: Asked, form: Format, language: str, now: datetime) -> int:
    """The id of the task that makes the list for the acting person's entity; its result names the stored file."""
    task = tasks.begin(kind=KIND, now=now, company_id=actor.company_id, subject_id=seller_id)
    app.configure_task(MAKE).defer(
        task_id=task.pk,
        user_id=actor.user_id,
        company_id=actor.company_id,
        entity_id=actor.entity_id,
        seller_id=seller_id,
        columns=[column.value for column in asked.columns],
        only_free=asked.only_free,
        group_id=asked.group_id,
        picture=[asked.picture_before, asked.picture_after],
        form=form.value,
        language=language,
    )
    return int(task.pk)
