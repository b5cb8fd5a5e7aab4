"""What claims tell the packages above them (`zveno.base.events`), in the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ClaimDecided:
    """The seller has decided a claim; `credited` is what the buyer is to get back in `currency`, zero for none."""

    claim_id: int
    seller_id: int
    buyer_entity_id: int
    credited: Decimal
    currency: str
