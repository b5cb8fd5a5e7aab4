"""How one product may serve instead of another, or beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RelationKind(StrEnum):
    """SUBSTITUTE: does the same in its place. ANALOGUE: does much the same. ACCESSORY: goes with it."""

    SUBSTITUTE = "substitute"
    ANALOGUE = "analogue"
    ACCESSORY = "accessory"


@dataclass(frozen=True, slots=True)
class RelationTold:
    """That `other_id` serves instead of `product_id`, or beside it; the first told is the best."""

    product_id: int
    other_id: int
    kind: RelationKind


INSTEAD = (RelationKind.SUBSTITUTE, RelationKind.ANALOGUE)
