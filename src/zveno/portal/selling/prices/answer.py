"""What a product costs a client on a day, and every rule that counted or lost: from history, for the past too."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zveno.catalog.queries.listing import Wanted, find_products
from zveno.catalog.queries.names import NamedProduct, named_products
from zveno.catalog.rules.search import typed
from zveno.kit.codes import fold_text
from zveno.kit.errors import Fault
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.clients import clients_of
from zveno.partners.queries.counterparties import CounterpartyValue, buyers_by_entity
from zveno.portal.buying.marking import marked
from zveno.portal.selling.prices.days import asked_day, moment_of
from zveno.portal.selling.prices.tabs import price_tabs
from zveno.pricing.queries.quotes import Deal, price_lines
from zveno.pricing.rules.deciding import Quote
from zveno.pricing.words import reasons_of
from zveno.ui.parts import Reason
from zveno.ui.typed import quantity_of

_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """The price with its reasons in full; `tiers` from larger quantities."""

    quote: Quote
    counted: list[Reason]
    lost: list[Reason]

    @property
    def tiers(self) -> tuple[Quote, ...]:
        return self.quote.tiers


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The price of `product` for `client` in `quantity` on `day`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    client = _client(actor, _number(request.GET.get("client", "")))
    product_id = _number(request.GET.get("product", ""))
    product = named_products([product_id]).get(product_id) if product_id else None
    day, quantity = asked_day(request, actor.time_zone), _quantity(request)
    told = {
        "tabs": price_tabs(),
        "client": client,
        "product": product,
        "day": day,
        "quantity": quantity,
        "answer": _answer(actor, client, product, quantity, request) if client and product else None,
        "is_asked": client is not None and product is not None,
    }
    return render(request, "portal/selling/prices/answer.html", told)


@require_GET
def suggest_clients(request: HttpRequest) -> HttpResponse:
    """Clients whose name or INN the words begin, as options."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = fold_text(request.GET.get("q", ""))[:100]
    found = [
        client
        for client in clients_of(seller_id=actor.company_id, time_zone=actor.time_zone)
        if text in fold_text(f"{client.company_name} {client.entity_name}") or client.inn.startswith(text)
    ]
    return render(request, "portal/selling/prices/client_options.html", {"clients": found[:_OFFERED]})


@require_GET
def suggest_products(request: HttpRequest) -> HttpResponse:
    """Products of the seller by code, name or barcode, as options."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    search = typed(request.GET.get("q", "").strip()[:120])
    rows = (
        find_products(wanted=Wanted(seller_id=actor.company_id, search=search), limit=_OFFERED).rows if search else ()
    )
    options = [(row.id, row.code, marked(row.code, search), marked(row.name, search)) for row in rows]
    return render(request, "portal/selling/prices/product_options.html", {"options": options})


def _answer(
    actor: Actor, client: CounterpartyValue, product: NamedProduct, quantity: Decimal | None, request: HttpRequest
) -> Answer | None:
    at = moment_of(asked_day(request, actor.time_zone), actor.time_zone)
    deal = Deal(actor.company_id, client.entity_id)
    quote = price_lines(lines=[(product.id, quantity)], terms=deal, at=at).quotes[0]
    if quote is None:
        return None
    reasons = reasons_of(quote.trace, full=True)
    return Answer(quote, [one for one in reasons if not one.lost], [one for one in reasons if one.lost])


def _client(actor: Actor, entity_id: int | None) -> CounterpartyValue | None:
    if entity_id is None:
        return None
    return buyers_by_entity(seller_id=actor.company_id, entity_ids=[entity_id]).get(entity_id)


def _quantity(request: HttpRequest) -> Decimal | None:
    try:
        quantity = quantity_of(request.GET.get("quantity", ""))
    except Fault:
        return None
    return quantity if quantity > 0 else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else None
