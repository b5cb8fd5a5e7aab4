"""Making price lists in the background, as the person who asked."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app

from zveno.accounts.queries.people import person_with_id
from zveno.base import tasks
from zveno.base.clock import now
from zveno.base.jobs import RETRY
from zveno.base.scope import Section, entered
from zveno.partners.queries.actors import COMPANY_KEY, ENTITY_KEY, find_actor
from zveno.partners.queries.parties import seller_with
from zveno.pricelists.actions.make_list import make_list
from zveno.pricelists.rules.columns import Asked, Format, columns_of


@app.task(name="zveno.pricelists.jobs.make_price_list", queue="pricelists", priority=5, retry=RETRY)
def make_price_list(
    *,
    task_id: int,
    user_id: int,
    company_id: int,
    entity_id: int,
    seller_id: int,
    columns: list[str],
    only_free: bool,
    group_id: int | None,
    picture: list[str],
    form: str,
    language: str,
) -> None:
    """Make the list with the rights that the person has now; who has lost them gets none, the task says so."""
    asked = Asked(columns_of(columns), only_free, group_id, *picture)
    chosen = {COMPANY_KEY: company_id, ENTITY_KEY: entity_id}
    with tasks.watched(task_id), transaction.atomic(), translation.override(language):
        person = person_with_id(user_id)
        actor = find_actor(user=person, section=Section.BUYING, chosen=chosen) if person else None
        moment, result = now(), {}
        if actor is not None and (actor.company_id, actor.entity_id) == (company_id, entity_id):
            with entered(actor.scope):
                terms, seller = actor.terms_with(seller_id), seller_with(seller_id=seller_id)
                if terms is not None and seller is not None:
                    stored = make_list(
                        asked=asked, form=Format(form), terms=terms, company_id=company_id, task_id=task_id,
                        today=seller.today(moment), now=moment,
                    )  # fmt: skip
                    result = {"file_id": stored.pk}
    tasks.finish(task_id, now=now(), result=result, failed=not result)
