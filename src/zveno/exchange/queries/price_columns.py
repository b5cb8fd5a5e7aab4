"""The seller's price columns as a connection's page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zveno.base.scope import current
from zveno.exchange.models import Connection, ExternalRef
from zveno.pricing.queries.price_kinds import PriceKindValue, buyers_by_price_kind, price_kinds_of


@dataclass(frozen=True, slots=True)
class PriceColumn:
    """A price column, whether this connection tells it, and who buys by it today."""

    kind: PriceKindValue
    is_told: bool
    buyers: Sequence[str]


def price_columns(connection: Connection, *, now: datetime) -> list[PriceColumn]:
    """The columns of the connection's seller by name. Three statements."""
    refs = ExternalRef.objects.visible_to(current()).filter(connection=connection, kind="price_kind")
    told = set(refs.values_list("object_id", flat=True))
    buyers = buyers_by_price_kind(seller_id=connection.seller_id, at=now)
    kinds = price_kinds_of(seller_id=connection.seller_id)
    return [PriceColumn(kind, kind.id in told, buyers.get(kind.id, ())) for kind in kinds]
