"""Work of finance behind the pages: mail about money, and settling what a new rule has not settled."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from zveno.base import clock
from zveno.base.jobs import RETRY
from zveno.base.scope import Section, entered, system_scope
from zveno.finance.actions.claim_money_mail import claim_money_mail
from zveno.finance.actions.settle_unsettled import settle_unsettled
from zveno.finance.letters import letter_of
from zveno.finance.queries.waiting_mail import mail_reader, mails_switched_on, sellers_unsettled
from zveno.partners.queries.actors import COMPANY_KEY, Actor, find_actor
from zveno.partners.rules.roles import Right


@app.periodic(cron="10 * * * *")
@app.task(name="zveno.finance.look_for_mail", queueing_lock="finance_look_for_mail", queue="mail", pass_context=False)
def look_for_mail(timestamp: int) -> None:
    """Once an hour: whoever wants mail about money is looked at."""
    with transaction.atomic(), entered(system_scope()):
        for mail_id in mails_switched_on():
            consider_mail.defer(mail_id=mail_id)


@app.task(name="zveno.finance.consider_mail", queue="mail", retry=RETRY)
def consider_mail(mail_id: int) -> None:
    """Decide what the person is mailed now; the mail is deferred in the same transaction, so that none is lost."""
    with transaction.atomic(), entered(system_scope()):
        actor = _reader(mail_id)
        if actor is None:
            return
        claim = claim_money_mail(
            mail_id=mail_id, entity_ids=actor.scope.entities, time_zone=_zone(mail_id), now=clock.now()
        )
        if claim:
            send_mail_about_money.defer(
                mail_id=mail_id, document_ids=list(claim.document_ids), has_statement=claim.has_statement
            )


@app.task(name="zveno.finance.send_mail_about_money", queue="mail", retry=RETRY)
def send_mail_about_money(mail_id: int, document_ids: list[int], has_statement: bool) -> None:
    """Write the mail as the person sees their money now, and send it. What was paid meanwhile is left out."""
    with transaction.atomic(), entered(system_scope()):
        actor, reader = _reader(mail_id), mail_reader(mail_id=mail_id)
    if actor is None or reader is None:
        return
    with transaction.atomic(), entered(actor.scope):
        letter = letter_of(
            actor=actor,
            user=reader.user,
            document_ids=document_ids,
            has_statement=has_statement,
            now=clock.now(),
        )
    if letter is not None:
        letter.send()


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="zveno.finance.settle_left_over", queueing_lock="finance_settle_left_over", queue="finance", pass_context=False
)
def settle_left_over(timestamp: int) -> None:
    """Settle accounts that the present rule has not settled, a few in a transaction."""
    with transaction.atomic(), entered(system_scope()):
        sellers = sellers_unsettled()
    for seller_id in sellers:
        left = 1
        while left:
            with transaction.atomic(), entered(system_scope()):
                left = settle_unsettled(seller_id=seller_id)


def _reader(mail_id: int) -> Actor | None:
    """The person as they act in the buying section of the company, if they still may see its money there."""
    reader = mail_reader(mail_id=mail_id)
    if reader is None or not reader.user.is_active:
        return None
    actor = find_actor(user=reader.user, section=Section.BUYING, chosen={COMPANY_KEY: reader.company_id})
    if actor is None or actor.company_id != reader.company_id or Right.MONEY_SEE not in actor.rights:
        return None
    return actor


def _zone(mail_id: int) -> str:
    reader = mail_reader(mail_id=mail_id)
    return str(reader.user.time_zone) if reader else "Europe/Moscow"
