"""What stands out in the chain: goods that are stuck, a rush, a deficit (A4, A7, A8)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from zveno.insight.rules.tables import Pair

_STUCK_BELOW = Decimal("0.4")
_RUSH_FROM = Decimal("1.8")
_DEFICIT_BELOW = Decimal("0.4")
# Below this share of the whole nothing is said: small figures jump.
_WORTH_TELLING = Decimal("0.002")


class Signal(StrEnum):
    """`STUCK`: less than two fifths of what was bought is sold on. `RUSH`: sold on nearly twice the period before.
    `DEFICIT`: sold on less than half as before, and hardly anything was bought."""

    STUCK = "stuck"
    RUSH = "rush"
    DEFICIT = "deficit"


def signal_of(pair: Pair, *, whole: Decimal) -> Signal | None:
    """What stands out about a key; `whole` is the sum of both steps over all keys."""
    bought, sold = pair.bought, pair.sold_on
    if not whole or max(bought.total.amount, sold.total.amount, sold.before.amount) < whole * _WORTH_TELLING:
        return None
    before = sold.before.quantity
    if before > 0 and sold.total.quantity < before * _DEFICIT_BELOW and _hardly_bought(pair):
        return Signal.DEFICIT
    if pair.passed_on is not None and pair.passed_on < _STUCK_BELOW:
        return Signal.STUCK
    if before > 0 and sold.total.quantity >= before * _RUSH_FROM:
        return Signal.RUSH
    return None


def _hardly_bought(pair: Pair) -> bool:
    return pair.bought.total.quantity <= pair.bought.before.quantity * _DEFICIT_BELOW
