"""Work of the hub behind its calls: files are put together, unpacked and applied, one connection at a time each."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from zveno.base import clock
from zveno.base.jobs import RETRY
from zveno.base.scope import entered, system_scope
from zveno.exchange.actions import deferring
from zveno.exchange.actions.gather_uploads import gather_uploads
from zveno.exchange.actions.leave_program import leave_program
from zveno.exchange.applying.file import apply_waiting
from zveno.exchange.queries.idle import idle_exchanges_with_uploads

_IDLE = timedelta(minutes=10)


@app.task(name=deferring.APPLY, queue="exchange", retry=RETRY)
def apply_inbox(connection_id: int) -> None:
    """Apply what waits. Killed in the middle and run again, it goes on from the last finished batch."""
    apply_waiting(connection_id=connection_id, clock=clock.now)


@app.task(name=deferring.GATHER, queue="exchange", retry=RETRY)
def gather(exchange_id: int, only_ended: bool = False) -> None:
    """Take in what the session sent, then let it be applied."""
    with transaction.atomic(), entered(system_scope("1С")):
        rows = gather_uploads(exchange_id=exchange_id, only_ended=only_ended, now=clock.now())
        for connection_id in {row.connection_id for row in rows if row.state == "waiting"}:
            deferring.defer_applying(connection_id=connection_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="zveno.exchange.gather_idle", queueing_lock="exchange_gather_idle", queue="exchange", pass_context=False)
def gather_idle(timestamp: int) -> None:
    """Take in what sessions left behind that ended without a word: nothing accepted is lost."""
    with transaction.atomic(), entered(system_scope("1С")):
        for exchange_id, connection_id in idle_exchanges_with_uploads(before=clock.now() - _IDLE):
            deferring.defer_gathering(exchange_id=exchange_id, connection_id=connection_id)


@app.task(name="zveno.exchange.forget_program", queue="exchange", retry=RETRY)
def forget_program(key_id: int) -> None:
    """Expect nothing more of a program whose key was taken back."""
    with transaction.atomic(), entered(system_scope()):
        leave_program(key_id=key_id, now=clock.now())
