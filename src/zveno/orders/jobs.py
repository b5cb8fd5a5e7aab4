"""Work on orders that the system does after a person's transaction: load ids, call one action."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from zveno.base import clock
from zveno.base.jobs import RETRY
from zveno.base.scope import entered, system_scope
from zveno.orders.actions.decide_order import decide_order
from zveno.orders.actions.give_back import give_back
from zveno.orders.actions.plan_order_delivery import plan_order_delivery
from zveno.orders.actions.reconsider_order import reconsider_order as look_again


@app.task(name="zveno.orders.confirm_order", queue="orders", priority=50, retry=RETRY)
def confirm_order(order_id: int) -> None:
    """Promise and reserve for a placed order. Run twice, or killed and run again, it comes to the same."""
    with transaction.atomic(), entered(system_scope()):
        decide_order(order_id=order_id, now=clock.now())


@app.task(name="zveno.orders.release_order", queue="orders", priority=40, retry=RETRY)
def release_order(order_id: int) -> None:
    """Give back what a cancelled order holds."""
    with transaction.atomic(), entered(system_scope()):
        give_back(order_id=order_id, now=clock.now())


@app.task(name="zveno.orders.reconsider_order", queue="orders", priority=45, retry=RETRY)
def reconsider_order(order_id: int) -> None:
    """Promise anew for an order whose goods will not come as promised."""
    with transaction.atomic(), entered(system_scope()):
        look_again(order_id=order_id, now=clock.now())


@app.task(name="zveno.orders.plan_delivery", queue="orders", priority=30, retry=RETRY)
def plan_delivery(order_id: int) -> None:
    """Plan an order's delivery by what it holds of supply. Run twice, it comes to the same."""
    with transaction.atomic(), entered(system_scope()):
        plan_order_delivery(order_id=order_id, now=clock.now())
