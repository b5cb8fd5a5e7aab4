"""The page of one product: what it is, what it costs this buyer and why, how much there is, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.catalog.queries.card import ProductCard, product_card
from zveno.catalog.queries.relations import RelatedProduct, related_products
from zveno.catalog.queries.tree import catalog_tree
from zveno.orders.queries.bought import latest_purchases
from zveno.partners.rules.roles import Right
from zveno.portal.buying.sellers import Dealing, dealing
from zveno.portal.buying.summary import carts_of
from zveno.pricing.queries.quotes import quotes_for
from zveno.pricing.rules.deciding import Quote
from zveno.pricing.words import reasons_of
from zveno.stock.queries.policies import stale_sellers
from zveno.stock.queries.supply import ProductSupply, supply_of
from zveno.stock.rules.policy import Figure
from zveno.ui.charts import Chart, Series
from zveno.ui.formats import format_date
from zveno.ui.pages import replaced
from zveno.ui.parts import Crumb


@dataclass(frozen=True, slots=True)
class Related:
    """A product that stands for this one or goes with it, as it is offered to the buyer."""

    told: RelatedProduct
    quote: Quote | None
    supply: ProductSupply


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
    related = related_products(product_ids=[card.id], seller_id=at.seller.id).get(card.id, ())
    ids = [card.id, *(one.product.id for one in related)]
    quotes = quotes_for(product_ids=ids, terms=at.terms, at=at.now)
    quote = quotes.get(card.id)
    supplies = supply_of(product_ids=ids, sellers=[at.seller.id], today=at.today, entity_id=at.terms.buyer_entity_id)
    supply = supplies[card.id]
    availability = supply.availability(at.today)
    return {
        "at": at,
        "card": card,
        "facts": [(name, value) for name, value in card.attributes if value != card.brand],
        "quote": quote,
        "reasons": reasons_of(quote.trace) if quote else [],
        "tiers": [(tier, reasons_of(tier.trace)) for tier in quote.tiers] if quote else [],
        "supply": supply,
        "availability": availability,
        "chart": _chart(card, availability),
        "stale_since": stale_sellers(sellers=[at.seller.id], now=at.now).get(at.seller.id),
        "related": [Related(one, quotes.get(one.product.id), supplies[one.product.id]) for one in related],
        "in_cart": carts_of(request).quantities(at.seller.id).get(card.id),
        "purchases": latest_purchases(product_id=card.id, seller_id=at.seller.id, limit=5),
        "may_order": Right.ORDERS_PLACE in at.actor.rights,
        "crumbs": _crumbs(request, at, card),
    }


def _chart(card: ProductCard, availability: Sequence[tuple[date, Figure]]) -> Chart | None:
    """How much can be had by which day, as bars; none for bands, or where nothing comes."""
    if len(availability) < 2 or any(free.quantity is None for _, free in availability):
        return None
    language = translation.get_language() or "en"
    labels = [_("now"), *(format_date(on, language, "day") for on, _free in availability[1:])]
    values = tuple(free.quantity for _, free in availability)
    title = _("Can be had by, %(unit)s") % {"unit": card.unit}
    return Chart(title, tuple(labels), (Series(_("altogether"), values, kind="bar"),), unit=card.unit)


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
