"""A program with an API key as a receiver of the seller's orders, beside connections of other kinds."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.models import PROGRAM, Connection


def program_slug(key_id: int) -> str:
    """What the connection of an API key is called."""
    return f"{PROGRAM}-{key_id}"


@in_transaction
def join_program(*, seller_id: int, key_id: int, name: str, since: datetime, now: datetime) -> int:
    """The id of the key's connection, made at its first call: orders changed since `since` are for it."""
    slug = program_slug(key_id)
    own = Connection.objects.visible_to(current()).filter(seller_id=seller_id, slug=slug)
    found = own.first()
    if found is None:
        made = Connection(seller_id=seller_id, slug=slug, kind=PROGRAM, name=name, login=slug, orders_from=since)
        Connection.objects.bulk_create([made], ignore_conflicts=True)
        found = own.get()
    if found.last_contact_at is None or (now - found.last_contact_at).total_seconds() > 60:
        own.update(last_contact_at=now)
    return found.pk
