"""Work on stock that the system does by the clock."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from zveno.base import clock
from zveno.base.scope import entered, system_scope
from zveno.stock.actions.fold_movements import fold_movements

# Single entries are kept for two years.
_KEPT = timedelta(days=731)


@app.periodic(cron="40 3 2 * *")
@app.task(name="zveno.stock.fold_movements", queueing_lock="stock_fold", queue="orders", pass_context=False)
def fold_old_movements(timestamp: int) -> None:
    """Once a month the entries of the month before last two years are folded."""
    with transaction.atomic(), entered(system_scope()):
        fold_movements(before=clock.now() - _KEPT)
