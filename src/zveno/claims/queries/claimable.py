"""What of a shipment may still be claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, F, Sum, When

from zveno.base.scope import current
from zveno.claims.models import ClaimLine
from zveno.claims.queries.terms import terms_of
from zveno.claims.rules.claiming import Kind, ShippedLine, Terms, uses_up
from zveno.claims.rules.states import State
from zveno.orders.queries.shipments import ShipmentRow, ShippedGoods, shipment_with

_SETTLED = (State.DECIDED.value, State.CLOSED.value)
_USING = tuple(kind.value for kind in Kind if uses_up(kind))


@dataclass(frozen=True, slots=True)
class Claimable:
    """A shipment with its goods, what was claimed of each already, and the seller's terms."""

    shipment: ShipmentRow
    goods: Sequence[ShippedGoods]
    claimed: dict[str, Decimal]
    terms: Terms

    def lines(self) -> list[ShippedLine]:
        """The goods as the rules of claiming take them."""
        return [ShippedLine(g.key, g.quantity, self.claimed.get(g.key, Decimal(0))) for g in self.goods]

    def left(self) -> list[tuple[ShippedGoods, Decimal]]:
        """Each of the goods with how much of it no claim has used up."""
        return [(g, max(g.quantity - self.claimed.get(g.key, Decimal(0)), Decimal(0))) for g in self.goods]


def claimable_of(*, shipment_id: int) -> Claimable | None:
    """The shipment as it may be claimed now; `None` when the scope does not see it. Four statements."""
    found = shipment_with(shipment_id=shipment_id)
    if found is None:
        return None
    shipment, goods = found
    claimed = claimed_of(
        seller_id=shipment.seller_id,
        entity_id=shipment.buyer_entity_id,
        number=shipment.number,
        shipped_on=shipment.shipped_on,
    )
    return Claimable(shipment, goods, claimed, terms_of(seller_id=shipment.seller_id))


def claimed_of(
    *, seller_id: int, entity_id: int, number: str, shipped_on: date, without: int | None = None
) -> dict[str, Decimal]:
    """Line key → quantity that claims of the shipment use up: claimed while they are open, granted once decided.

    `without` leaves out one claim. One statement.
    """
    lines = ClaimLine.objects.visible_to(current()).filter(
        seller_id=seller_id,
        buyer_entity_id=entity_id,
        claim__shipment_number=number,
        claim__shipped_on__year=shipped_on.year,
        claim__kind__in=_USING,
    )
    lines = lines.exclude(claim__state=State.WITHDRAWN.value)
    if without is not None:
        lines = lines.exclude(claim_id=without)
    used = Case(When(claim__state__in=_SETTLED, then=F("granted")), default=F("quantity"))
    return dict(lines.values_list("key").annotate(used=Sum(used)).order_by())
