"""What a carrier's own system is asked, and how near two questions must be to share an answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from math import ceil

from zveno.delivery.rules.tariffs import Load

FRESH_FOR = timedelta(hours=24)
# After a failure the carrier is left alone for a while.
QUIET_FOR = timedelta(minutes=10)
# Up to (grams) → rounded up to whole (grams).
_STEPS = ((1_000, 100), (10_000, 500), (100_000, 1_000), (1_000_000, 10_000))
_COARSEST = 50_000
_SMALLEST_CM3 = 1_000
_MOST = 2_000_000_000


def asked_load(load: Load) -> tuple[int, int]:
    """Weight in grams and volume in cubic centimetres to ask for: rounded up, so that loads nearly alike ask once."""
    weight = max(1, int(load.weight_g.to_integral_value(ROUND_CEILING)))
    step = next((step for limit, step in _STEPS if weight <= limit), _COARSEST)
    volume = int(load.volume_cm3.to_integral_value(ROUND_CEILING))
    # Two leading figures are enough of a volume.
    coarse = max(_SMALLEST_CM3, 10 ** max(0, len(str(volume)) - 2))
    return min(_MOST, ceil(weight / step) * step), min(_MOST, ceil(volume / coarse) * coarse)


def is_fresh(asked_at: datetime, *, failed: bool, now: datetime) -> bool:
    """Whether an answer, or a failure, still holds."""
    return now - asked_at < (QUIET_FOR if failed else FRESH_FOR)


def edge_cm(volume_cm3: int) -> int:
    """The edge of a cube of this volume, in whole centimetres, one at least: carriers ask for three sides."""
    edge: int = max(1, round(volume_cm3 ** (1 / 3)))
    return edge if edge**3 >= volume_cm3 else edge + 1


def kilograms(grams: Decimal | int) -> Decimal:
    """Grams as kilograms."""
    return Decimal(grams) / 1000
