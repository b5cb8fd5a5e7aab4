"""When somebody must act on a connection, and what to do: a pure reading of its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

SILENT_AFTER = timedelta(hours=24)
QUEUE_STUCK_AFTER = timedelta(minutes=15)
UNCONFIRMED_AFTER = timedelta(hours=2)
_TRIES_WITHOUT_ANSWER = 2


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a connection at a moment."""

    is_active: bool
    last_contact_at: datetime | None
    waiting_files: int = 0
    waiting_files_since: datetime | None = None
    waiting_orders: int = 0
    waiting_orders_since: datetime | None = None
    order_tries: int = 0
    refused_files: int = 0
    refused_objects: int = 0


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to know of a connection. `bad`: somebody must act now; `warn`: look at it; `info`: the next step."""

    code: str
    tone: Literal["info", "warn", "bad"]
    params: Mapping[str, int] = field(default_factory=dict)


def attention_of(figures: Figures, *, now: datetime) -> tuple[Attention, ...]:
    """What a connection asks of people, the gravest first; nothing when all runs by itself."""
    if not figures.is_active:
        waits = figures.waiting_orders
        return (Attention("off_with_orders", "bad", {"orders": waits}),) if waits else ()
    found = [*_contact(figures, now), *_queue(figures, now), *_orders(figures, now), *_refusals(figures)]
    return tuple(sorted(found, key=lambda one: ("bad", "warn", "info").index(one.tone)))


def _contact(figures: Figures, now: datetime) -> list[Attention]:
    if figures.last_contact_at is None:
        return [Attention("never_called", "info")]
    silent = now - figures.last_contact_at
    if silent < SILENT_AFTER:
        return []
    return [
        Attention("silent", "bad" if figures.waiting_orders else "warn", {"hours": int(silent.total_seconds() // 3600)})
    ]


def _queue(figures: Figures, now: datetime) -> list[Attention]:
    since = figures.waiting_files_since
    if since is None or now - since < QUEUE_STUCK_AFTER:
        return []
    return [Attention("queue_stuck", "bad", {"files": figures.waiting_files})]


def _orders(figures: Figures, now: datetime) -> list[Attention]:
    since = figures.waiting_orders_since
    told = figures.last_contact_at
    if since is None or told is None or now - told >= SILENT_AFTER or now - since < UNCONFIRMED_AFTER:
        return []
    fetched = figures.order_tries >= _TRIES_WITHOUT_ANSWER
    return [
        Attention("orders_unconfirmed" if fetched else "orders_not_fetched", "bad", {"orders": figures.waiting_orders})
    ]


def _refusals(figures: Figures) -> list[Attention]:
    if figures.refused_files:
        return [Attention("files_refused", "bad", {"files": figures.refused_files})]
    if figures.refused_objects:
        return [Attention("objects_refused", "warn", {"objects": figures.refused_objects})]
    return []
