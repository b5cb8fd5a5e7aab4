"""Who gives way when a supply shrinks below what is promised from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.kit.quantity import up_to_multiple


@dataclass(frozen=True, slots=True)
class Held:
    """A quantity of the supply held for a line that counts on it by `due_on`, of an order placed at `placed_at`."""

    id: int
    quantity: Decimal
    due_on: date
    placed_at: datetime
    pack: Decimal = Decimal(0)


def losses(held: Iterable[Held], available: Decimal) -> dict[int, Decimal]:
    """How much each loses, by id, so that the rest fits into `available`; the fewest are touched.

    Those lose first that need it latest, then those whose order was placed latest. What was held in whole packs loses
    whole packs.
    """
    known = sorted(held, key=lambda one: (one.due_on, one.placed_at, one.id), reverse=True)
    excess = sum((one.quantity for one in known), Decimal(0)) - max(available, Decimal(0))
    found: dict[int, Decimal] = {}
    for one in known:
        if excess <= 0:
            break
        in_packs = one.pack > 0 and one.quantity % one.pack == 0
        lost = min(one.quantity, up_to_multiple(excess, one.pack) if in_packs else excess)
        found[one.id] = lost
        excess -= lost
    return found
