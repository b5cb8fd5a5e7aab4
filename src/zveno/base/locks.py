"""Locks by a name and a number, for what no single row stands for; held by PostgreSQL, gone when their holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection

from zveno.base.tx import in_transaction


class Lock(IntEnum):
    """What is done by one at a time. The numbers stand in the database: none is given again."""

    PRICES_OF_SELLER = 7011
    INBOX_OF_CONNECTION = 7012
    REPORTS_OF_DISTRIBUTOR = 7013
    TERMS_OF_SELLER = 7021
    LEDGER_OF_SELLER = 7031


@in_transaction
def hold(lock: Lock, number: int) -> None:
    """Hold `lock` on `number` (an id) until the transaction ends; whoever comes second waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [lock, number % 2**31])


@in_transaction
def hold_name(name: str, number: int) -> None:
    """As `hold`, on a text within a number: an idempotency key of a company."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [name, number])


@contextmanager
def held(lock: Lock, number: int) -> Iterator[None]:
    """Hold `lock` on `number` over several transactions, until the block ends or the connection breaks."""
    key = [lock, number % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", key)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
