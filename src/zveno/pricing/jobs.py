"""Work on prices that the system does by itself: load ids, call one action."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from zveno.base import clock
from zveno.base.scope import entered, system_scope
from zveno.pricing.actions.take_prices import forget_ends


@app.periodic(cron="7 * * * *")
@app.task(name="zveno.pricing.forget_ends", queueing_lock="pricing_forget_ends", queue="pricing", pass_context=False)
def forget_planned_ends(timestamp: int) -> None:
    """Let prices whose planned end has come be history."""
    with transaction.atomic(), entered(system_scope()):
        forget_ends(now=clock.now())
