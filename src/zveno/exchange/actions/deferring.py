"""Putting work on the inbox into the queue, in the transaction of what makes it needed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zveno.base.tx import in_transaction

APPLY = "zveno.exchange.apply_inbox"
GATHER = "zveno.exchange.gather"


@in_transaction
def defer_applying(*, connection_id: int) -> None:
    """Let the worker apply the connection's waiting files; one worker at a time works for a connection."""
    task = app.configure_task(APPLY, lock=f"exchange-{connection_id}", queue="exchange", priority=20)
    task.defer(connection_id=connection_id)


@in_transaction
def defer_gathering(*, exchange_id: int, connection_id: int, only_ended: bool = False) -> None:
    """Let the worker take in the files of the session that have come, and apply them."""
    task = app.configure_task(GATHER, lock=f"exchange-{connection_id}", queue="exchange", priority=30)
    task.defer(exchange_id=exchange_id, only_ended=only_ended)
