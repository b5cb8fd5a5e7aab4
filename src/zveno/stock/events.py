"""What stock tells the packages above it (`zveno.base.events`), in the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PromiseShaken:
    """An arrival that covers orders was put off, cut or cancelled; each of these orders must be looked at again."""

    seller_id: int
    order_ids: tuple[int, ...]
