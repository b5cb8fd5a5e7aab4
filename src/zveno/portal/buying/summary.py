"""The person's carts in figures, read once for a request: the top of the page and the lists both use them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse

from zveno.base.clock import now
from zveno.orders.queries.in_cart import quantities_in_carts
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.portal.buying.sellers import SESSION_KEY
from zveno.pricing.queries.quotes import price_lines
from zveno.ui.navigation import CartSummary

_NONE: Mapping[int, Decimal] = {}


@dataclass(frozen=True, slots=True)
class Carts:
    """What lies in the carts of the current entity, by seller and product."""

    by_seller: Mapping[int, Mapping[int, Decimal]] = field(default_factory=dict)

    def quantities(self, seller_id: int) -> Mapping[int, Decimal]:
        return self.by_seller.get(seller_id, _NONE)

    def lines(self, seller_id: int) -> int:
        return len(self.quantities(seller_id))


def carts_of(request: HttpRequest) -> Carts:
    """The carts of the acting person. One statement a request, until `forget_carts`."""
    known: Carts | None = getattr(request, "carts", None)
    if known is None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        known = Carts()
        if actor.entity_id is not None:
            known = Carts(quantities_in_carts(user_id=actor.user_id, entity_id=actor.entity_id))
        request.carts = known  # type: ignore[attr-defined]
    return known


def forget_carts(request: HttpRequest) -> None:
    """Read the carts anew next time: they have just been changed."""
    if hasattr(request, "carts"):
        del request.carts


def cart_summary(request: HttpRequest) -> CartSummary | None:
    """The cart with the chosen seller in one line; None for who orders nothing or has nobody to order from.

    One statement besides the carts' own. What has no price counts as a line, not in the sum.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if Right.ORDERS_PLACE not in actor.rights or not actor.seller_ids:
        return None
    chosen = request.session.get(SESSION_KEY)
    seller_id = chosen if chosen in actor.seller_ids else actor.seller_ids[0]
    held, terms = carts_of(request).quantities(seller_id), actor.terms_with(seller_id)
    prices = price_lines(lines=list(held.items()), terms=terms, at=now())
    total = sum((quote.total for quote in prices.quotes if quote is not None), Decimal(0))
    currency = terms.currency if terms else "RUB"
    return CartSummary(url=reverse("buying:cart"), lines=len(held), total=total, currency=currency)
