"""Delivery on the page of an order: another carrier, the charge for delivery (F11), booking a part with its carrier."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zveno.base.clock import now, today_at
from zveno.base.scope import Section
from zveno.delivery.actions.book_segment import book_segment
from zveno.delivery.actions.send_segment import send_segment
from zveno.delivery.queries.carriers import carriers_of
from zveno.delivery.queries.order_delivery import OrderDeliveryValue, order_delivery
from zveno.delivery.rules.segments import Way
from zveno.orders.actions.charge_delivery import CHARGEABLE, How, charge_delivery
from zveno.orders.actions.pick_carrier import pick_carrier
from zveno.orders.queries.order_page import OrderPage, order_page
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.portal.delivery.asking import actor_of, needed_number, pick_in
from zveno.ui.formats import format_money
from zveno.ui.typed import quantity_of


def delivery_told(page: OrderPage, actor: Actor) -> dict[str, Any]:
    """What the page of an order needs to show its delivery, and what the person may do with it."""
    delivery = order_delivery(order_id=page.order.id)
    selling = actor.scope.section is Section.SELLING
    decides = selling and Right.SALES_DECIDE in actor.rights
    may_choose = (
        delivery is not None
        and page.order.state in CHARGEABLE
        and (decides or (not selling and page.may_be_cancelled(user_id=actor.user_id, rights=actor.rights)))
    )
    told: dict[str, Any] = {
        "delivery": delivery,
        "today": today_at(actor.time_zone),
        "unit_kg": _("kg"),
        "parcel_url": "sent:shipment" if selling else "brought:shipment",
        "charged_text": _money(delivery),
        "may_charge": decides and page.order.state in CHARGEABLE,
        "may_book": decides,
        "may_choose": may_choose,
        "delivery_line": _("Delivery"),
    }
    if delivery is not None and delivery.segments and may_choose:
        today = told["today"]
        carriers = carriers_of(seller_id=delivery.seller_id, on=today, only_active=True)
        told["leg_actions"] = "portal/delivery/leg_actions.html"
        told["choose_url"] = "sent:order-choose" if selling else "brought:order-choose"
        told["carriers"] = [
            (Way.CHEAPEST.value, _("the cheapest")),
            (Way.FASTEST.value, _("the fastest")),
            *((str(carrier.id), carrier.name) for carrier in carriers),
        ]
    elif delivery is not None and decides:
        told["leg_actions"] = "portal/delivery/leg_actions.html"
    return told


@require_POST
def choose(request: HttpRequest, order_id: int) -> HttpResponse:
    """Another carrier for what leaves a warehouse; the plan follows in a moment."""
    actor, pick = actor_of(request), pick_in(request)
    if pick is None:
        raise Http404
    selling = actor.scope.section is Section.SELLING
    warehouse_id = needed_number(request.POST.get("warehouse"))
    pick_carrier(actor=actor, order_id=order_id, warehouse_id=warehouse_id, pick=pick, as_seller=selling, now=now())
    return redirect("selling:order" if selling else "buying:order", order_id)


@require_POST
def charge(request: HttpRequest, order_id: int) -> HttpResponse:
    """Charge delivery as a line, spread it over the prices, or charge nothing."""
    hows: dict[str, How] = {"line": "line", "spread": "spread"}
    how = hows.get(request.POST.get("how", ""), "")
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    charge_delivery(
        order_id=order_id,
        how=how,
        amount=quantity_of(request.POST.get("amount", "")),
        name=request.POST.get("name", "").strip() or _("Delivery"),
        unit=_("service"),
        now=now(),
    )
    return redirect("selling:order", order_id)


@require_POST
def book(request: HttpRequest, order_id: int, segment_id: int) -> HttpResponse:
    """Book a part of the order with its carrier's own system."""
    number = _number_of_order(order_id, segment_id)
    book_segment(segment_id=segment_id, order_number=number, now=now())
    return redirect("selling:order", order_id)


@require_POST
def send(request: HttpRequest, order_id: int, segment_id: int) -> HttpResponse:
    """Tell that a part of the order was handed to its carrier, and under which number."""
    order_number = _number_of_order(order_id, segment_id)
    send_segment(
        segment_id=segment_id,
        order_number=order_number,
        number=request.POST.get("number", ""),
        today=today_at(actor_of(request).time_zone),
        now=now(),
    )
    return redirect("selling:order", order_id)


def _number_of_order(order_id: int, segment_id: int) -> str:
    """The number of the order that the segment is of; a page that is not there otherwise."""
    page, delivery = order_page(order_id=order_id), order_delivery(order_id=order_id)
    if page is None or delivery is None or segment_id not in {segment.id for segment in delivery.segments}:
        raise Http404
    return page.order.number


def _money(delivery: OrderDeliveryValue | None) -> str:
    if delivery is None or delivery.charged is None:
        return ""
    return format_money(delivery.charged, delivery.currency, translation.get_language() or "en")
