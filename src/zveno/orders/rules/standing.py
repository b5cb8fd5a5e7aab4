"""Where the lines of an order stand: what of each is held in time, what comes late, what nothing covers.

The reservations are the truth; what lines keep of it and the needs follow from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A quantity held for a line: on a shelf (`comes_on` is `None`), or of goods that come on a day."""

    quantity: Decimal
    warehouse: str
    comes_on: date | None = None
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """What a line that needs `needed` by its day has. `late_on` is the last day on which something late comes.

    Overdue goods (their day has passed without word) are late, and nobody knows until when.
    """

    needed: Decimal
    in_time: Decimal
    late: Decimal
    late_on: date | None
    unsure: Decimal
    lacking: Decimal
    parts: tuple[dict[str, str], ...]

    @property
    def is_good(self) -> bool:
        """Whether all of it is there by its day."""
        return not self.late and not self.lacking


def standing(needed: Decimal, held: Sequence[HeldPart], *, due_on: date | None, today: date) -> Standing:
    """How a line stands; without a day nothing is late but what is overdue."""
    late = [part for part in held if _is_late(part, due_on, today)]
    known = [part.comes_on for part in late if part.comes_on and part.comes_on >= today]
    total = _sum(held)
    return Standing(
        needed=needed,
        in_time=total - _sum(late),
        late=_sum(late),
        late_on=max(known) if known and len(known) == len(late) else None,
        unsure=_sum(part for part in held if not part.is_sure),
        lacking=max(needed - total, _ZERO),
        parts=tuple(_told(part, part in late) for part in held),
    )


def _is_late(part: HeldPart, due_on: date | None, today: date) -> bool:
    if part.comes_on is None:
        return False
    return part.comes_on < today or (due_on is not None and part.comes_on > due_on)


def _told(part: HeldPart, is_late: bool) -> dict[str, str]:
    """As `OrderLine.promise` keeps it."""
    told = {
        "kind": "arrival" if part.comes_on else "shelf",
        "warehouse": part.warehouse,
        "on": part.comes_on.isoformat() if part.comes_on else "",
        "quantity": format(part.quantity.normalize(), "f"),
    }
    return {**told, **({} if part.is_sure else {"unsure": "1"}), **({"late": "1"} if is_late else {})}


def _sum(parts: Iterable[HeldPart]) -> Decimal:
    return sum((part.quantity for part in parts), _ZERO)
