"""A deal ready to be made: a seller with goods, a dealer with terms, and their people acting through both walls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from tests import world

from zveno.accounts.models import User
from zveno.base.scope import Section, entered, system_scope
from zveno.catalog.models import Product
from zveno.orders.actions.decide_order import decide_order
from zveno.orders.actions.place_order import place_order
from zveno.orders.models import Order
from zveno.orders.rules.states import OrderState
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.partners.queries.actors import Actor, find_actor
from zveno.pricing.models import PriceKind
from zveno.stock.models import Arrival, Balance, Warehouse
from zveno.stock.queries.supply import ProductSupply, supply_of

NOW = datetime.fromisoformat("2026-04-10T09:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Deal:
    """A seller, a dealer that buys from it at the prices of `kind`, and a warehouse."""

    seller: world.Partner
    dealer: world.Partner
    kind: PriceKind
    warehouse: Warehouse

    @property
    def seller_id(self) -> int:
        return self.seller.company.pk

    def product(
        self,
        on_hand: int | str | None = None,
        *,
        price: str | None = "100.00",
        arrivals: tuple[tuple[int, date], ...] = (),
        **fields: object,
    ) -> Product:
        """A product on offer, with what lies of it and what comes."""
        made = world.product(self.seller, **fields)  # type: ignore[arg-type]
        if price is not None:
            world.price(self.kind, made, price)
        if on_hand is not None:
            world.balance(self.warehouse, made, on_hand, confirmed_at=NOW)
        for quantity, due_on in arrivals:
            world.arrival(self.warehouse, made, quantity, due_on=due_on)
        return made

    @contextmanager
    def buying(self, person: User | None = None) -> Iterator[Actor]:
        """Act as the dealer's person (its buyer by default) in the buying section."""
        with transaction.atomic():
            actor = find_actor(user=person or self.dealer.buyer, section=Section.BUYING, chosen={})
            assert actor is not None
            with entered(actor.scope):
                yield actor

    @contextmanager
    def selling(self, person: User | None = None) -> Iterator[Actor]:
        """Act as the seller's manager in the selling section."""
        with transaction.atomic():
            actor = find_actor(user=person or self.seller.manager, section=Section.SELLING, chosen={})
            assert actor is not None
            with entered(actor.scope):
                yield actor

    def place(
        self,
        *lines: tuple[Product, int | str],
        wished_on: date | None = None,
        in_parts: bool = True,
        warehouse_id: int | None = None,
        person: User | None = None,
        key: str = "",
        now: datetime = NOW,
    ) -> Order:
        """An order of the dealer, placed and waiting for its promise."""
        with self.buying(person) as actor:
            placed = place_order(
                actor=actor,
                seller_id=self.seller_id,
                lines=[OrderedLine(product.pk, Decimal(quantity)) for product, quantity in lines],
                idempotency_key=key or f"key-{world._next()}",
                wishes=Wishes(wished_on, in_parts, warehouse_id),
                now=now,
            )
        return order(placed.id)

    def supply_of(self, product: Product) -> ProductSupply:
        """The supply of the product as the dealer may see it today; within `buying`."""
        found = supply_of(
            product_ids=[product.pk], sellers=[self.seller_id], today=NOW.date(), entity_id=self.dealer.entity.pk
        )
        return found[product.pk]

    def decide(self, placed: Order, *, now: datetime = NOW) -> OrderState:
        """What the worker does with a placed order."""
        with as_system():
            state = decide_order(order_id=placed.pk, now=now)
        placed.refresh_from_db()
        return state


def deal() -> Deal:
    """A new deal of new partners."""
    seller, dealer = world.seller(), world.dealer()
    kind = world.price_kind(seller)
    world.terms(seller, dealer.entity, price_kind=kind)
    return Deal(seller, dealer, kind, world.warehouse(seller))


@contextmanager
def as_system() -> Iterator[None]:
    """Act as jobs do."""
    with transaction.atomic(), entered(system_scope()):
        yield


def order(order_id: int) -> Order:
    """The order as it is in the database."""
    return Order.objects.unscoped("a test looks").get(pk=order_id)


def shelf_of(product: Product) -> Balance:
    """The product's only balance."""
    return Balance.objects.unscoped("a test looks").get(product=product)


def arrival_of(product: Product) -> Arrival:
    """The product's only arrival."""
    return Arrival.objects.unscoped("a test looks").get(product=product)
