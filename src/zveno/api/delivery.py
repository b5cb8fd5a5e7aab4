"""Operations of a buyer's key on delivery: addresses, what lines would cost to bring, where the parcels are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router

from zveno.api import delivery_shapes as shapes
from zveno.api.door import Deal, opened, opened_deal
from zveno.api.errors import CarrierNotNamed, NothingHere
from zveno.api.lines import named_products
from zveno.base.scope import Section
from zveno.delivery.actions.deferring import defer_questions
from zveno.delivery.actions.take_delivery import DeliveryWish
from zveno.delivery.queries.addresses import addresses_of
from zveno.delivery.queries.choices import Choice, cart_choice
from zveno.delivery.queries.offers import Offer, SegmentOffer
from zveno.delivery.queries.order_delivery import OrderDeliveryValue, order_delivery
from zveno.delivery.queries.parcels import ParcelValue
from zveno.delivery.rules.segments import Option, Pick, Way, pick_of
from zveno.orders.queries.asked_promise import promise_asked
from zveno.orders.queries.cart_delivery import PromisedGoods, delivery_of_goods
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.partners.rules.roles import Right
from zveno.pricing.queries.quotes import price_lines

router = Router(tags=["Delivery"])


@router.get("/addresses", response=list[shapes.Address], summary="Delivery addresses")
def list_addresses(request: HttpRequest) -> list[shapes.Address]:
    """The delivery addresses of your entities, each entity's first one first."""
    with opened(request, Section.BUYING, Right.CATALOG_SEE) as caller:
        return [
            shapes.Address(
                id=one.id,
                entity=one.entity_id,
                label=one.label,
                address=one.text,
                city=one.place.name,
                region=one.place.region,
                contact=one.contact,
                phone=one.phone,
                is_default=one.is_default,
            )
            for one in addresses_of(entity_ids=caller.scope.entities)
        ]


@router.post("/delivery", response=shapes.Options, summary="What would delivery cost, and when does it arrive")
def ask_delivery(request: HttpRequest, wanted: shapes.GivenOptions) -> shapes.Options:
    """Each carrier's cost and dates for each part of the order that would leave another warehouse. Nothing is ordered.

    A carrier that has not told its cost yet is being asked: ask again in a few seconds.
    """
    with opened_deal(request, Right.CATALOG_SEE, seller=wanted.seller, entity=wanted.entity) as deal:
        offer, choice = _offer(deal, wanted)
        defer_questions(questions=offer.questions)
        return shapes.Options(
            address=choice.address.id if choice.address else None,
            currency=offer.currency,
            cost=offer.whole.cost,
            is_from=offer.whole.is_from,
            untold=offer.whole.untold,
            arrives_from=offer.whole.arrives_from,
            arrives_to=offer.whole.arrives_to,
            legs=[_leg(segment) for segment in offer.segments],
        )


@router.get("/orders/{order_id}/delivery", response=shapes.OrderDelivery, summary="Delivery of an order")
def get_delivery(request: HttpRequest, order_id: int) -> shapes.OrderDelivery:
    """How the order is brought, and where its parcels are. 404 while nothing is planned."""
    with opened(request, Section.BUYING, Right.ORDERS_SEE):
        found = order_delivery(order_id=order_id)
        if found is None:
            raise NothingHere
        return _order_delivery(found)


def wish_of(given: shapes.GivenDelivery | None) -> DeliveryWish | None:
    """The wish as an order takes it. Raises CarrierNotNamed with the path of what is no pick."""
    if given is None:
        return None
    picks = {key: _pick(word, f"delivery/carriers/{key}") for key, word in given.carriers.items()}
    usual = _pick(given.carrier, "delivery/carrier") if given.carrier else None
    return DeliveryWish(given.address, given.in_parts, picks, usual)


def _pick(word: str, place: str) -> Pick:
    pick = pick_of(word)
    if pick.way is Way.CHEAPEST and word != Way.CHEAPEST:
        raise CarrierNotNamed(place=place, told=word)
    return pick


def _offer(deal: Deal, wanted: shapes.GivenOptions) -> tuple[Offer, Choice]:
    ids = named_products(wanted.lines, seller_id=deal.seller.id)
    ordered = [(product_id, line.quantity) for product_id, line in zip(ids, wanted.lines, strict=True)]
    quotes = price_lines(lines=ordered, terms=deal.terms, at=deal.caller.now).quotes
    plan = promise_asked(
        seller_id=deal.seller.id,
        entity_id=deal.terms.buyer_entity_id,
        lines=[OrderedLine(product_id, quantity) for product_id, quantity in ordered],
        wishes=Wishes(wanted.wished_on),
        today=deal.today,
    )
    goods = []
    for line in plan.lines:
        quote = quotes[line.key]
        total = quote.total if quote else Decimal(0)
        goods.append(PromisedGoods(line.product_id, line.wanted, total, line.pins))
    choice = _choice(deal, wish_of(wanted.delivery) or DeliveryWish())
    offer = delivery_of_goods(
        seller_id=deal.seller.id,
        goods=goods,
        choice=choice,
        order_total=sum((line.total for line in goods), Decimal(0)),
        currency=deal.terms.currency,
        today=deal.today,
        now=deal.caller.now,
    )
    return offer, choice


def _choice(deal: Deal, wish: DeliveryWish) -> Choice:
    entity_id = deal.terms.buyer_entity_id
    choice = cart_choice(user_id=0, entity_id=entity_id, seller_id=deal.seller.id)
    if wish.address_id is not None:
        address = next((one for one in choice.addresses if one.id == wish.address_id), None)
        if address is None:
            raise NothingHere
        choice = replace(choice, address=address)
    picks: Mapping[int, Pick] = wish.picks or ({} if wish.usual else choice.picks)
    return replace(choice, in_parts=bool(wish.in_parts), picks=picks, usual=wish.usual or choice.usual)


def _leg(offer: SegmentOffer) -> shapes.Leg:
    segment = offer.segment
    return shapes.Leg(
        warehouse=segment.warehouse_id,
        name=segment.warehouse,
        ready_on=segment.ready_on,
        weight_g=segment.load.weight_g,
        volume_cm3=segment.load.volume_cm3,
        without_weight=segment.load.without_weight,
        chosen=offer.chosen.carrier_id if offer.chosen else None,
        problem=offer.problem,
        options=[_option(option) for option in offer.options],
    )


def _option(option: Option) -> shapes.Option:
    cost = option.cost
    return shapes.Option(
        carrier=option.carrier_id,
        name=option.carrier,
        kind=option.kind,
        cost=cost.amount,
        is_from=cost.is_from,
        leaves_on=cost.leaves_on,
        arrives_from=cost.arrives_from,
        arrives_to=cost.arrives_to,
        is_available=cost.is_available,
        problem=cost.problem,
        why=[dict(step) for step in cost.trace],
    )


def _order_delivery(found: OrderDeliveryValue) -> shapes.OrderDelivery:
    parcels = [*(parcel for segment in found.segments for parcel in segment.parcels), *found.others]
    return shapes.OrderDelivery(
        address=found.address,
        currency=found.currency,
        cost=found.cost,
        is_from=found.cost_is_from,
        arrives_from=found.arrives_from,
        arrives_to=found.arrives_to,
        charged=found.charged,
        legs=[
            shapes.PlannedLeg(
                warehouse=one.warehouse_id,
                name=one.warehouse,
                carrier=one.carrier,
                cost=one.cost,
                is_from=one.cost_is_from,
                problem=one.problem,
                leaves_on=one.leaves_on,
                arrives_from=one.arrives_from,
                arrives_to=one.arrives_to,
            )
            for one in found.segments
        ],
        parcels=[_parcel(parcel) for parcel in parcels],
    )


def _parcel(parcel: ParcelValue) -> shapes.Parcel:
    return shapes.Parcel(
        id=parcel.id,
        number=parcel.number,
        carrier=parcel.carrier,
        state=parcel.state.value,
        shipment=parcel.shipment_number,
        sent_on=parcel.sent_on,
        expected_on=parcel.expected_on,
        delivered_at=parcel.delivered_at,
        words=[
            shapes.ParcelWord(at=said.at, state=said.state.value, text=said.text, place=said.place)
            for said in parcel.said
        ],
    )
