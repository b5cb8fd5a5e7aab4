"""Trade terms on the desk."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zveno.base import clock
from zveno.desk.partners.company import region_choices
from zveno.desk.partners.entities import entity_found
from zveno.desk.partners.forms import TermsForm
from zveno.partners.actions.end_trade_terms import end_trade_terms
from zveno.partners.queries.companies import company_with
from zveno.partners.queries.entities import terms_of_entities, terms_with_id
from zveno.partners.queries.members import members_of
from zveno.pricing.actions.agree_terms import agree_terms
from zveno.pricing.queries.price_kinds import price_kinds_of
from zveno.pricing.queries.terms import columns_of, discounts_of
from zveno.pricing.rules.facts import Layer, Precision
from zveno.ui.forms import carried_out, status_of

_KEPT = (
    "credit_limit",
    "payment_delay_days",
    "contract_number",
    "region_id",
    "manager_id",
)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Terms of the entity with the seller of `?seller=`; begins from those in force."""
    entity = entity_found(entity_id)
    seller = _seller(request.GET.get("seller", ""), entity)
    form = _form(request, entity, seller)

    def keep(told: dict[str, Any]) -> None:
        agree_terms(seller_id=seller.pk, buyer_entity_id=entity_id, now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, keep):
        return redirect("desk_partners:entity", entity_id)
    told = {"form": form, "entity": entity, "seller": seller}
    return render(request, "desk/partners/terms_form.html", told, status=status_of(form))


@require_POST
def end(request: HttpRequest, terms_id: int) -> HttpResponse:
    """The entity buys from the seller no more, from today at the seller."""
    terms = terms_with_id(terms_id)
    if terms is None:
        raise Http404
    end_trade_terms(terms_id=terms_id, on=clock.today_at(terms.seller.time_zone), now=clock.now())
    return redirect("desk_partners:entity", terms.buyer_entity_id)


def _prices_kept(entity: Any, seller: Any) -> dict[str, Any]:
    """The column and the discount on everything that hold now."""
    now = clock.now()
    columns = [c for c in columns_of(seller_id=seller.pk, entity_id=entity.pk, since=now) if c.holds(now)]
    discounts = discounts_of(seller_id=seller.pk, entity_id=entity.pk, since=now)
    general = [d for d in discounts if d.holds(now) and d.layer is Layer.CONTRACT and d.about is Precision.EVERYTHING]
    return {
        "price_kind_id": next((c.kind_id for c in columns if c.about is Precision.EVERYTHING), None),
        "discount_percent": general[0].percent if general else 0,
    }


def _seller(asked: str, entity: Any) -> Any:
    seller = company_with(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 18 else None
    if seller is None or not seller.is_seller or seller.pk == entity.company_id:
        raise Http404
    return seller


def _form(request: HttpRequest, entity: Any, seller: Any) -> TermsForm:
    known = [t for t in terms_of_entities([entity.pk]) if t.seller_id == seller.pk and t.valid_to is None]
    kept: dict[str, Any] = {name: getattr(known[0], name) for name in _KEPT} if known else {}
    kept |= _prices_kept(entity, seller)
    return TermsForm(
        request.POST or None,
        initial={**kept, "valid_from": clock.today_at(seller.time_zone)},
        price_kinds=[(kind.id, kind.name) for kind in price_kinds_of(seller_id=seller.pk)],
        regions=region_choices(),
        managers=[(m.id, m.name) for m in members_of(seller.pk) if m.blocked_at is None],
    )
