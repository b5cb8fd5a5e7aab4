"""What a carrier's own system told, kept for all who ask for nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zveno.base.events import publish
from zveno.base.tx import in_transaction
from zveno.delivery.events import CarrierAnswered
from zveno.delivery.models import LiveQuote, PlaceCode
from zveno.delivery.ports import CarrierQuote
from zveno.delivery.queries.offers import Question


@in_transaction
def keep_live_quote(
    *,
    seller_id: int,
    question: Question,
    quotes: Sequence[CarrierQuote],
    now: datetime,
    problem: str = "",
    words: str = "",
    order_id: int | None = None,
) -> None:
    """Keep the cheapest of the carrier's services, or why there is none (`silent`, `refused`). The work of the system.

    After a silence the last good answer stays until another comes.
    """
    best = min(quotes, key=lambda quote: (quote.amount, quote.days_max), default=None)
    if best is None and not problem:
        problem = "refused"
    key: dict[str, Any] = {
        "carrier_id": question.carrier_id,
        "from_place_id": question.from_place_id,
        "to_place_id": question.to_place_id,
        "weight_g": question.weight_g,
        "volume_cm3": question.volume_cm3,
    }
    told: dict[str, Any] = {"seller_id": seller_id, "problem": problem, "words": words[:300], "asked_at": now}
    if problem != "silent":
        told |= {
            "service": best.service if best else "",
            "amount": best.amount if best else None,
            "days_min": best.days_min if best else 0,
            "days_max": best.days_max if best else 0,
        }
    LiveQuote.objects.unscoped("the system keeps what carriers tell").update_or_create(**key, defaults=told)
    if order_id is not None:
        publish(CarrierAnswered(order_id))


@in_transaction
def keep_place_code(*, place_id: int, system: str, code: str) -> None:
    """Remember what a carrier's system calls a place."""
    PlaceCode.objects.update_or_create(place_id=place_id, system=system, defaults={"code": code})
