"""What the delivery of a cart will cost and when it arrives, by the supply that its lines would get now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from zveno.catalog.queries.parcels import travelling_goods
from zveno.delivery.queries.carriers import fragile_attribute
from zveno.delivery.queries.choices import Choice, cart_choice
from zveno.delivery.queries.offers import Offer, offer_for
from zveno.delivery.rules.segments import Goods, Part, segments_of
from zveno.orders.queries.cart import CartPage
from zveno.partners.queries.actors import Actor
from zveno.stock.rules.values import Pin

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PromisedGoods:
    """A line with what it comes to and the supply that it would get."""

    product_id: int
    quantity: Decimal
    total: Decimal
    pins: Sequence[Pin]


@dataclass(frozen=True, slots=True)
class CartDeliveryPage:
    """The cart's delivery. `uncovered` lines have no supply yet: their part's cost is told when they have."""

    choice: Choice
    offer: Offer
    uncovered: int


def cart_delivery(*, actor: Actor, page: CartPage, now: datetime) -> CartDeliveryPage:
    """The delivery of the cart as `page` shows it. Fourteen SQL statements whatever its size.

    What shall leave all at once is not split by days, whatever was said of delivery before.
    """
    choice = cart_choice(user_id=actor.user_id, entity_id=actor.entity_id or 0, seller_id=page.seller_id)
    goods = [
        PromisedGoods(line.product_id, line.quantity, line.total or _ZERO, line.promise.pins)
        for line in page.lines
        if line.promise is not None
    ]
    offer = delivery_of_goods(
        seller_id=page.seller_id,
        goods=goods,
        choice=replace(choice, in_parts=choice.in_parts and page.in_parts),
        order_total=page.total,
        currency=page.currency,
        today=page.today,
        now=now,
    )
    uncovered = sum(1 for line in page.lines if line.promise and line.promise.uncovered > 0)
    return CartDeliveryPage(choice, offer, uncovered)


def delivery_of_goods(
    *,
    seller_id: int,
    goods: Sequence[PromisedGoods],
    choice: Choice,
    order_total: Decimal,
    currency: str,
    today: date,
    now: datetime,
) -> Offer:
    """What the delivery of these goods costs by the choice. Eleven SQL statements."""
    parts = [part for line in goods for part in _parts(line, today)]
    picks = dict(choice.picks)
    return offer_for(
        seller_id=seller_id,
        segments=segments_of(
            parts, goods_of({part.product_id for part in parts}, seller_id=seller_id), in_parts=choice.in_parts
        ),
        place_id=choice.address.place.id if choice.address else None,
        picks=picks,
        usual=picks.get(0, choice.usual),
        order_total=order_total,
        currency=currency,
        today=today,
        now=now,
    )


def goods_of(product_ids: set[int], *, seller_id: int) -> dict[int, Goods]:
    """How the products travel, by the seller's word for fragile ones. Two SQL statements."""
    known = travelling_goods(product_ids=product_ids, fragile_attribute=fragile_attribute(seller_id=seller_id))
    return {key: Goods(value.weight_g, value.volume_cm3, value.is_fragile) for key, value in known.items()}


def part_value(total: Decimal, quantity: Decimal, whole: Decimal) -> Decimal:
    """What a part of a line is worth, to the kopeck."""
    return (total * quantity / whole).quantize(Decimal("0.01")) if whole else _ZERO


def _parts(line: PromisedGoods, today: date) -> Iterator[Part]:
    for pin in line.pins:
        yield Part(
            product_id=line.product_id,
            warehouse_id=pin.warehouse_id,
            warehouse=pin.warehouse,
            ready_on=max(pin.due_on, today) if pin.due_on else today,
            quantity=pin.quantity,
            value=part_value(line.total, pin.quantity, line.quantity),
        )
