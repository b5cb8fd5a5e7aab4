"""The page of one product: what it is, what it costs this buyer and why, how much there is, where and when."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.catalog.queries.card import ProductCard, product_card
from zveno.catalog.queries.tree import catalog_tree
from zveno.orders.queries.bought import latest_purchases
from zveno.partners.queries.parties import buyer_with
from zveno.partners.rules.roles import Right
from zveno.portal.buying.sellers import Dealing, dealing
from zveno.portal.buying.summary import carts_of
from zveno.pricing.queries.quotes import quotes_for
from zveno.pricing.words import reasons_of
from zveno.stock.queries.supply import supply_of
from zveno.ui.pages import replaced
from zveno.ui.parts import Crumb


@require_GET
def show(request: HttpRequest, product_id: int) -> HttpResponse:
    """The product as the chosen seller offers it; as another one does when that one does not."""
    card = product_card(product_id=product_id)
    at = dealing(request)
    if card is None or at is None:
        raise Http404
    if at.seller.id not in card.sellers:
        mine = [id_ for id_ in card.sellers if at.actor.terms_with(id_) is not None]
        at = dealing(request, seller_id=mine[0]) if mine else None
    if at is None:
        raise Http404
    return render(request, "portal/buying/product.html", _told(request, at, card))


def _told(request: HttpRequest, at: Dealing, card: ProductCard) -> dict[str, object]:
    quote = quotes_for(product_ids=[card.id], terms=at.terms, at=at.now).get(card.id)
    buyer = buyer_with(entity_id=at.terms.buyer_entity_id)
    supply = supply_of(
        product_ids=[card.id],
        sellers=[at.seller.id],
        today=at.today,
        region_id=buyer.region_id if buyer else None,
    )[card.id]
    return {
        "at": at,
        "card": card,
        "facts": [(name, value) for name, value in card.attributes if value != card.brand],
        "quote": quote,
        "reasons": reasons_of(quote.trace) if quote else [],
        "tiers": [(tier, reasons_of(tier.trace)) for tier in quote.tiers] if quote else [],
        "supply": supply,
        "availability": supply.availability(at.today),
        "in_cart": carts_of(request).quantities(at.seller.id).get(card.id),
        "purchases": latest_purchases(product_id=card.id, seller_id=at.seller.id, limit=5),
        "may_order": Right.ORDERS_PLACE in at.actor.rights,
        "crumbs": _crumbs(request, at, card),
    }


def _crumbs(request: HttpRequest, at: Dealing, card: ProductCard) -> list[Crumb]:
    home = reverse("buying:catalog")
    tree = catalog_tree(seller_id=at.seller.id, now=at.now)
    way = tree.way_to(card.category_id)
    empty = request.GET.copy()
    empty.clear()
    return [
        Crumb(_("Catalog"), home),
        *(Crumb(group.name, home + replaced(empty, group=group.id)) for group in way),
    ]
