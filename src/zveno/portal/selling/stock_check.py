"""Differences between counters, reservations, ledger and the ERP's figures, and mending them."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.catalog.queries.names import named_products
from zveno.orders.queries.order_list import orders_by_id
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.stock.actions.mend_stock import mend_stock
from zveno.stock.labels import DIFFERENCES
from zveno.stock.queries.differences import Difference, DifferenceKind, differences
from zveno.stock.queries.policies import policy_of
from zveno.stock.queries.warehouses import warehouses_of

_SHOWN = 100


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """All differences by kind, the first hundred of each, with what mending does."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = differences(seller_id=actor.company_id)
    shown = [one for rows in found.values() for one in rows[:_SHOWN]]
    told = {
        "kinds": [(kind.value, DIFFERENCES[kind], len(rows), rows[:_SHOWN]) for kind, rows in found.items() if rows],
        "count": sum(len(rows) for rows in found.values()),
        "shown": _SHOWN,
        "products": named_products({one.product_id for one in shown}),
        "places": {one.id: one.name for one in warehouses_of(seller_id=actor.company_id)},
        "orders": orders_by_id(_orders(shown)),
        "heard_at": policy_of(seller_id=actor.company_id).heard_at,
        "may_mend": Right.SALES_DECIDE in actor.rights,
    }
    return render(request, "portal/selling/stock_check.html", told)


@require_POST
def mend(request: HttpRequest) -> HttpResponse:
    """Mend one kind, or all, and show what is left."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = request.POST.get("kind", "")
    kinds = [kind for kind in DifferenceKind if asked in (kind.value, "all")]
    if not kinds:
        raise Http404
    count = sum(mend_stock(seller_id=actor.company_id, kinds=kinds, now=now()).values())
    words = ngettext("%(n)s difference mended", "%(n)s differences mended", count) % {"n": count}
    messages.info(request, words)
    return redirect("selling:stock-check")


def _orders(shown: Iterable[Difference]) -> set[int]:
    return {one.order_id for one in shown if one.order_id is not None}
