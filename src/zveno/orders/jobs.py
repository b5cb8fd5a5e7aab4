"""Work on orders that the system does after a person's transaction: load ids, call one action."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from zveno.base import clock
from zveno.base.jobs import RETRY
from zveno.base.scope import entered, system_scope
from zveno.kit.errors import Fault
from zveno.orders import letters
from zveno.orders.actions.approval.ask_approvers import ask_approvers, note_mailed
from zveno.orders.actions.approval.pass_on import pass_on
from zveno.orders.actions.approval.place_requisition import place_requisition
from zveno.orders.actions.approval.tend_requisition import tend_requisition
from zveno.orders.actions.carry_out_choice import carry_out_choice, say_it_failed
from zveno.orders.actions.cover_order import cover_order
from zveno.orders.actions.decide_order import decide_order
from zveno.orders.actions.give_back import give_back
from zveno.orders.actions.plan_order_delivery import plan_order_delivery
from zveno.orders.actions.reconsider_order import reconsider_order as look_again
from zveno.orders.actions.settle_planned import settle_planned
from zveno.orders.actions.weigh_standing import weigh_standing
from zveno.orders.queries.approval.untended import untended_requisitions
from zveno.orders.queries.needing import orders_to_cover
from zveno.orders.queries.pasts import parties_of
from zveno.partners.queries.clients import client_entity_ids
from zveno.pricing.queries.standings import sellers_with_standings
from zveno.stock.actions.settle_shortage import settle_shortage
from zveno.stock.actions.shake_overdue import shake_overdue

_PRODUCTS_PER_JOB = 500


@app.task(name="zveno.orders.confirm_order", queue="orders", priority=50, retry=RETRY)
def confirm_order(order_id: int) -> None:
    """Promise and reserve for a placed order, then weigh its buyer. Run twice, or killed and run again, it comes to the
    same.
    """
    with transaction.atomic(), entered(system_scope()):
        decide_order(order_id=order_id, now=clock.now())
    with transaction.atomic(), entered(system_scope()):
        for seller_id, entity_id in parties_of(order_id=order_id):
            weigh_standing(seller_id=seller_id, entity_ids=[entity_id], now=clock.now())


@app.task(name="zveno.orders.release_order", queue="orders", priority=40, retry=RETRY)
def release_order(order_id: int) -> None:
    """Give back what a cancelled order holds; it may cover what others need."""
    with transaction.atomic(), entered(system_scope()):
        seller_id = give_back(order_id=order_id, now=clock.now())
        if seller_id is not None:
            cover_soon(seller_id)


@app.task(name="zveno.orders.reconsider_order", queue="orders", priority=45, retry=RETRY)
def reconsider_order(order_id: int, changes: list[dict[str, Any]] | None = None) -> None:
    """Promise anew for an order whose goods will not come as promised."""
    with transaction.atomic(), entered(system_scope()):
        look_again(order_id=order_id, now=clock.now(), changes=changes or ())


@app.task(name="zveno.orders.choose", queue="orders", priority=48, retry=RETRY)
def carry_out(need_id: int) -> None:
    """Do what the buyer chose for a need; what cannot be done is said at the need."""
    try:
        with transaction.atomic(), entered(system_scope()):
            carry_out_choice(need_id=need_id, now=clock.now())
    except Fault as fault:
        with transaction.atomic(), entered(system_scope()):
            say_it_failed(need_id=need_id, fault=fault.code, now=clock.now())


@app.task(name="zveno.orders.cover_needs", queue="orders", priority=30, retry=RETRY, pass_context=True)
def cover_seller(context: JobContext, seller_id: int) -> None:
    """Cover what orders of the seller need, the oldest first; each in a transaction of its own.

    Every change of supply asks for it; of many that wait, one a seller at a time, the last does the work.
    """
    job = context.job
    if ProcrastinateJob.objects.filter(task_name=job.task_name, status="todo", lock=job.lock, id__gt=job.id).exists():
        return
    with transaction.atomic(), entered(system_scope()):
        settle_planned(seller_id=seller_id, now=clock.now())
        waiting = orders_to_cover(seller_id=seller_id, now=clock.now())
    for order_id in waiting:
        with transaction.atomic(), entered(system_scope()):
            cover_order(order_id=order_id, now=clock.now())


@app.task(name="zveno.orders.settle_shortage", queue="orders", priority=35, retry=RETRY)
def settle_short(seller_id: int, product_ids: list[int]) -> None:
    """Take from orders what shelves were counted without, if nothing has explained it by now."""
    with transaction.atomic(), entered(system_scope()):
        settle_shortage(seller_id=seller_id, product_ids=product_ids, now=clock.now())


@app.periodic(cron="20 * * * *")
@app.task(name="zveno.orders.overdue", queueing_lock="orders_overdue", queue="orders", pass_context=False)
def look_for_overdue(timestamp: int) -> None:
    """Arrivals whose day has passed without word shake the orders that count on them."""
    with transaction.atomic(), entered(system_scope()):
        shake_overdue(now=clock.now())


@app.task(name="zveno.orders.weigh_buyer", queue="orders", priority=10, retry=RETRY)
def weigh_buyer(seller_id: int, entity_id: int) -> None:
    """Let a buyer's standing follow what it ordered and got."""
    with transaction.atomic(), entered(system_scope()):
        weigh_standing(seller_id=seller_id, entity_ids=[entity_id], now=clock.now())


@app.periodic(cron="17 1 * * *")
@app.task(name="zveno.orders.weigh_all", queueing_lock="orders_weigh_all", queue="orders", pass_context=False)
def weigh_all(timestamp: int) -> None:
    """Let every buyer's standing follow the time that passed: what was bought a year ago counts no more."""
    with transaction.atomic(), entered(system_scope()):
        sellers = sellers_with_standings()
    for seller_id in sellers:
        with transaction.atomic(), entered(system_scope()):
            now = clock.now()
            clients = client_entity_ids(seller_id=seller_id, on=now.date())
            weigh_standing(seller_id=seller_id, entity_ids=clients, now=now)


@app.task(name="zveno.orders.place_approved", queue="orders", priority=55, retry=RETRY)
def place_approved(requisition_id: int) -> None:
    """Make an order of an approved requisition. Run twice, or killed and run again, it comes to the same one order."""
    with transaction.atomic(), entered(system_scope()):
        place_requisition(requisition_id=requisition_id, now=clock.now())


@app.task(name="zveno.orders.ask_for_words", queue="mail", priority=45, retry=RETRY)
def ask_for_words(requisition_id: int) -> None:
    """Have those asked by mail whose word a requisition waits for, each once at a step and once before its deadline."""
    with transaction.atomic(), entered(system_scope()):
        for ask_id in ask_approvers(requisition_id=requisition_id, now=clock.now()):
            # One that waits in the queue already, while the mail server is down, is enough.
            with suppress(AlreadyEnqueued), transaction.atomic():
                mail_ask.configure(queueing_lock=f"ask-{ask_id}", lock=f"ask-{ask_id}").defer(ask_id=ask_id)


@app.task(name="zveno.orders.mail_ask", queue="mail", retry=RETRY)
def mail_ask(ask_id: int) -> None:
    """Mail the whole requisition with its two links to one person. The mail leaves outside every transaction."""
    with transaction.atomic(), entered(system_scope()):
        letter = letters.of_ask(ask_id=ask_id, now=clock.now())
    if letter is None:
        return
    letter.send()
    with transaction.atomic(), entered(system_scope()):
        note_mailed(ask_id=ask_id, now=clock.now())


@app.task(name="zveno.orders.mail_author", queue="mail", retry=RETRY)
def mail_author(requisition_id: int, what: str) -> None:
    """Tell the author what became of the requisition."""
    with transaction.atomic(), entered(system_scope()):
        letter = letters.of_decision(requisition_id=requisition_id, what=what)
    if letter is not None:
        letter.send()


@app.task(name="zveno.orders.pass_on_requisitions", queue="orders", retry=RETRY)
def pass_on_requisitions(company_id: int, user_id: int) -> None:
    """Let the open requisitions of a blocked person be the head's."""
    with transaction.atomic(), entered(system_scope()):
        pass_on(company_id=company_id, user_id=user_id, now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="zveno.orders.tend_requisitions", queueing_lock="tend_requisitions", queue="orders", pass_context=False)
def tend_requisitions(timestamp: int) -> None:
    """Look after requisitions that nobody touches, each in a transaction of its own."""
    with transaction.atomic(), entered(system_scope()):
        ids = untended_requisitions(now=clock.now())
    for requisition_id in ids:
        with transaction.atomic(), entered(system_scope()):
            tend_requisition(requisition_id=requisition_id, now=clock.now())


@app.task(name="zveno.orders.plan_delivery", queue="orders", priority=30, retry=RETRY)
def plan_delivery(order_id: int) -> None:
    """Plan an order's delivery by what it holds of supply. Run twice, it comes to the same."""
    with transaction.atomic(), entered(system_scope()):
        plan_order_delivery(order_id=order_id, now=clock.now())


def cover_soon(seller_id: int) -> None:
    """Let a worker cover the seller's needs when this transaction is committed."""
    # A queueing lock would make writers of supply wait for one another in a ring.
    cover_seller.configure(lock=f"cover-{seller_id}").defer(seller_id=seller_id)


def settle_soon(seller_id: int, product_ids: Sequence[int], *, after_minutes: int) -> None:
    """Let a worker look at short shelves after so many minutes."""
    for start in range(0, len(product_ids), _PRODUCTS_PER_JOB):
        piece: list[Any] = list(product_ids[start : start + _PRODUCTS_PER_JOB])
        settle_short.configure(schedule_in={"minutes": after_minutes}).defer(seller_id=seller_id, product_ids=piece)
