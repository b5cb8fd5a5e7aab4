"""What requests of this area say: who asks, numbers and picks as they were posted."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from zveno.delivery.rules.segments import Pick, Way, pick_of
from zveno.partners.queries.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; the door has let nobody in without one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def number_of(text: str | None) -> int | None:
    """A posted id; `None` for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def needed_number(text: str | None) -> int:
    """A posted id; what is none is not there."""
    number = number_of(text)
    if number is None:
        raise Http404
    return number


def pick_in(request: HttpRequest) -> Pick | None:
    """The posted pick; `None` when the form says nothing of it."""
    word = request.POST.get("pick", "")
    pick = pick_of(word)
    return pick if word and (pick.way is not Way.CHEAPEST or word == Way.CHEAPEST) else None
