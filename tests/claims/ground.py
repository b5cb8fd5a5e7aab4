"""A shipment to claim about, and people of both sides to do it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from tests.deals import NOW, Deal

from zveno.catalog.models import Product
from zveno.claims.actions.attach_files import SentFile
from zveno.claims.actions.open_claim import Claimed, open_claim
from zveno.claims.models import Claim
from zveno.claims.rules.claiming import Kind, Outcome
from zveno.orders.models import Shipment, ShipmentLine

SHIPPED = date(2026, 4, 8)
TODAY = date(2026, 4, 10)


def shipment(
    deal: Deal, *goods: tuple[Product, int | str], number: str = "РТУ-17", shipped_on: date = SHIPPED
) -> Shipment:
    """Goods that left for the dealer at a hundred roubles each."""
    made = Shipment.objects.create(
        seller_id=deal.seller_id,
        buyer_entity=deal.dealer.entity,
        number=number,
        shipped_on=shipped_on,
        total=sum(Decimal(quantity) * 100 for _product, quantity in goods),
        recorded_at=NOW,
    )
    for product, quantity in goods:
        ShipmentLine.objects.create(
            shipment=made,
            seller_id=deal.seller_id,
            buyer_entity=deal.dealer.entity,
            product=product,
            name=product.name,
            quantity=Decimal(quantity),
            price=Decimal(100),
            total=Decimal(quantity) * 100,
        )
    return made


def claim(
    deal: Deal,
    of: Shipment,
    wanted: Mapping[Product, int | str],
    *,
    kind: Kind = Kind.DAMAGE,
    wish: Outcome = Outcome.REPLACE,
    sent: tuple[SentFile, ...] = (),
    key: UUID | None = None,
    words: str = "Разбито при перевозке",
) -> Claim:
    """The dealer's buyer claims `wanted` of the shipment."""
    with deal.buying() as actor:
        claimed = Claimed(kind, wish, {f"p{product.pk}": Decimal(n) for product, n in wanted.items()}, words)
        return open_claim(
            actor=actor, shipment_id=of.pk, claimed=claimed, sent=sent, key=key or uuid4(), today=TODAY, now=NOW
        )


def photo(content: bytes = b"\x89PNG", name: str = "бой.png") -> SentFile:
    """A file as a browser sends it."""
    return SentFile(name, len(content), lambda: [content], is_picture=True)
