"""Delivery in the cart: what each part of the order costs to bring, and the choice of carriers (O23 to O25)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.delivery.actions.choose_delivery import choose_delivery
from zveno.delivery.actions.deferring import defer_questions
from zveno.delivery.queries.offers import SegmentOffer
from zveno.delivery.rules.segments import Option, Way
from zveno.orders.queries.cart import cart_page
from zveno.orders.queries.cart_delivery import cart_delivery
from zveno.portal.buying.sellers import Dealing, dealing
from zveno.portal.delivery.asking import needed_number, number_of, pick_in


@dataclass(frozen=True, slots=True)
class Leg:
    """A segment as it is drawn: its options, the cheapest first, those that cannot be had at the end."""

    offer: SegmentOffer
    options: list[Option]
    weight_kg: Decimal
    volume_m3: Decimal

    @property
    def key(self) -> str:
        """What tells the segment from the others of the page."""
        return f"{self.offer.segment.warehouse_id}-{self.offer.segment.ready_on:%m%d}"

    @property
    def word(self) -> str:
        """The word of the pick in force."""
        return self.offer.pick.to_text()


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The part of the cart's page that is about delivery, counted for what the cart holds now."""
    return _drawn(request, _dealing(request))


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the address, whether it may come in parts, or who carries from a warehouse; answers with the part anew."""
    at = _dealing(request)
    in_parts = {"1": True, "0": False}.get(request.POST.get("in_parts", ""))
    choose_delivery(
        user_id=at.actor.user_id,
        entity_id=_entity(at),
        seller_id=at.seller.id,
        address_id=number_of(request.POST.get("address")),
        in_parts=in_parts,
        warehouse_id=number_of(request.POST.get("warehouse")),
        pick=pick_in(request),
    )
    return _drawn(request, at)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Let carriers be asked that have not told their cost yet; the page looks again by itself."""
    at = _dealing(request)
    page = cart_page(actor=at.actor, seller_id=at.seller.id, now=at.now)
    if page is None:
        raise Http404
    defer_questions(questions=cart_delivery(actor=at.actor, page=page, now=at.now).offer.questions)
    return HttpResponse(status=204)


def _drawn(request: HttpRequest, at: Dealing) -> HttpResponse:
    page = cart_page(actor=at.actor, seller_id=at.seller.id, now=at.now)
    if page is None:
        raise Http404
    found = cart_delivery(actor=at.actor, page=page, now=at.now)
    told: dict[str, Any] = {
        "at": at,
        "choice": found.choice,
        "may_split": page.in_parts,
        "offer": found.offer,
        "legs": [_leg(segment) for segment in found.offer.segments],
        "uncovered": found.uncovered,
        "unit_kg": _("kg"),
        "unit_m3": _("m³"),
        "asking": bool(found.offer.questions),
        # Where one has just chosen, the choices stay in sight.
        "opened": number_of(request.POST.get("warehouse")),
        "ways": [(Way.CHEAPEST.value, _("the cheapest")), (Way.FASTEST.value, _("the fastest"))],
    }
    return render(request, "portal/buying/cart_delivery.html", told)


def _leg(offer: SegmentOffer) -> Leg:
    options = sorted(
        offer.options,
        key=lambda option: (
            not option.cost.is_available,
            option.kind == "pickup",
            option.cost.amount is None,
            option.cost.amount or Decimal(0),
        ),
    )
    load = offer.segment.load
    return Leg(offer, options, load.weight_g / 1000, (load.volume_cm3 / 1_000_000).quantize(Decimal("0.001")))


def _dealing(request: HttpRequest) -> Dealing:
    at = dealing(request, seller_id=number_of(request.POST.get("seller")))
    if at is None:
        raise Http404
    return at


def _entity(at: Dealing) -> int:
    return needed_number(str(at.actor.entity_id))
