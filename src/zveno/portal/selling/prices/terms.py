"""On what terms a client buys, and what holds for all buyers: price lists, discounts, agreed prices, the status."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base.audit import history_of
from zveno.base.clock import now
from zveno.catalog.queries.placing import brands_listed
from zveno.catalog.queries.tree import catalog_tree
from zveno.kit.codes import fold_code
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.counterparties import CounterpartyValue, buyers_by_entity
from zveno.partners.queries.entities import entity_with
from zveno.partners.rules.roles import Right
from zveno.portal.selling.prices.days import currency_of
from zveno.portal.selling.prices.forms import AgreedForm, ColumnForm, DiscountForm, GiveStandingForm, RuleForm
from zveno.portal.selling.prices.pasting import Refused, read_prices
from zveno.portal.selling.prices.tabs import price_tabs
from zveno.pricing.actions.end_rule import end_rule
from zveno.pricing.actions.give_standing import give_standing
from zveno.pricing.actions.take_terms import AgreedTerm, take_terms
from zveno.pricing.queries.naming import Named, group_path
from zveno.pricing.queries.price_kinds import price_kinds_of
from zveno.pricing.queries.standings import standing_of, standings_of
from zveno.pricing.queries.terms import agreed_price, agreed_prices, columns_of, discounts_of
from zveno.pricing.rules.standing import Source
from zveno.pricing.words import layer_words
from zveno.ui import deeds
from zveno.ui.forms import carried_out, status_of
from zveno.ui.pages import read_page

_DEEDS_SHOWN = 20
_FORMS: dict[str, type[RuleForm]] = {"column": ColumnForm, "discount": DiscountForm, "agreed": AgreedForm}


@require_GET
def show_client(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Everything that makes a client's prices, with what is planned, and who changed it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _client_page(request, actor, _buyer(actor, entity_id))


@require_GET
def show_offers(request: HttpRequest) -> HttpResponse:
    """The price lists and discounts that hold for everybody or for a status."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    told = {**_rules(actor, None), "tabs": price_tabs(), "may_change": Right.SALES_DECIDE in actor.rights}
    return render(request, "portal/selling/prices/offers.html", told)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, what: str, entity_id: int | None = None) -> HttpResponse:
    """A new rule for the client, without one for all buyers or a status; one at the same place gives way to it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    buyer = _buyer(actor, entity_id) if entity_id is not None else None
    if what not in _FORMS or (what == "agreed" and buyer is None):
        raise Http404
    form = _form(request, actor, what, for_client=buyer is not None)

    def keep(_told: dict[str, Any]) -> None:
        found = take_terms(seller_id=actor.company_id, rows=[form.row()], now=now(), entity_id=entity_id)
        if (fault := found[0].fault) is not None:
            raise fault

    if request.method == "POST" and carried_out(form, keep):
        return redirect("selling:client", entity_id) if buyer else redirect("selling:price-offers")
    told = {"form": form, "buyer": buyer, "heading": _heading(what)}
    return render(request, "portal/selling/prices/rule_form.html", told, status=status_of(form))


@require_POST
def paste_agreed(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Agree the prices of a pasted block with the client; rows that cannot be set come back with what is wrong."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    buyer = _buyer(actor, entity_id)
    read, refused = read_prices(request.POST.get("text", ""))
    currency = currency_of(actor)
    rows = [
        AgreedTerm(Named(product_code=row.code), value=row.value, min_quantity=row.min_quantity, currency=currency)
        for row in read
    ]
    outcomes = take_terms(seller_id=actor.company_id, rows=rows, now=now(), entity_id=entity_id)
    refused += [Refused.of(row, one.fault) for row, one in zip(read, outcomes, strict=True) if one.fault]
    return _client_page(
        request,
        actor,
        buyer,
        was_pasted=True,
        pasted=sum(1 for one in outcomes if one.what in ("created", "changed")),
        same=sum(1 for one in outcomes if one.what == "unchanged"),
        refused=sorted(refused, key=lambda row: row.number),
    )


@require_POST
def end(request: HttpRequest, what: str, rule_id: int) -> HttpResponse:
    """End a rule now; one that has not begun never will."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if what not in _FORMS:
        raise Http404
    end_rule(seller_id=actor.company_id, kind=what, rule_id=rule_id, day=None, now=now())  # type: ignore[arg-type]
    entity_id = request.POST.get("entity_id", "")
    if entity_id.isascii() and entity_id.isdigit() and len(entity_id) < 15:
        return redirect("selling:client", int(entity_id))
    return redirect("selling:price-offers")


@require_POST
def give_status(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Give the client a status by hand, or leave it to the rules again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    buyer = _buyer(actor, entity_id)
    form = _status_form(request, actor)

    def keep(told: dict[str, Any]) -> None:
        give_standing(seller_id=actor.company_id, buyer_entity_id=entity_id, source=Source.MANAGER, now=now(), **told)

    if carried_out(form, keep):
        return redirect("selling:client", entity_id)
    return _client_page(request, actor, buyer, status=422, status_form=form)


def _client_page(
    request: HttpRequest, actor: Actor, buyer: CounterpartyValue, *, status: int = 200, **more: Any
) -> HttpResponse:
    entity_id, moment = buyer.entity_id, now()
    found = request.GET.get("q", "").strip()[:60]
    agreed = agreed_prices(seller_id=actor.company_id, entity_id=entity_id, since=moment)
    if found:
        agreed = agreed.filter(product__code_folded__contains=fold_code(found) or found)
    page = read_page(query=request.GET, rows=agreed, size=50)
    entity = entity_with(entity_id)
    standing = standing_of(seller_id=actor.company_id, entity_ids=[entity_id], at=moment).get(entity_id)
    told = {
        **_rules(actor, entity_id),
        "buyer": buyer,
        "standing": standing,
        "shipped": Decimal(standing.reason.get("shipped", 0)) if standing else Decimal(0),
        "currency": currency_of(actor),
        "status_form": _status_form(None, actor),
        "has_statuses": bool(standings_of(seller_id=actor.company_id, now=moment)),
        "page": page,
        "agreed": [(agreed_price(row), row.valid_from <= moment) for row in page.rows],
        "text": found,
        "events": deeds.events(history_of(entity)[:_DEEDS_SHOWN]) if entity else [],
        "may_change": Right.SALES_DECIDE in actor.rights,
        "refused": (),
        **more,
    }
    return render(request, "portal/selling/prices/client.html", told, status=status)


def _rules(actor: Actor, entity_id: int | None) -> dict[str, Any]:
    moment = now()
    columns = columns_of(seller_id=actor.company_id, entity_id=entity_id, since=moment)
    discounts = discounts_of(seller_id=actor.company_id, entity_id=entity_id, since=moment)
    return {
        "columns": [(one, one.valid_from <= moment) for one in columns],
        "discounts": [(one, layer_words(one.layer), one.valid_from <= moment) for one in discounts],
    }


def _form(request: HttpRequest, actor: Actor, what: str, *, for_client: bool) -> RuleForm:
    tree = catalog_tree(seller_id=actor.company_id, now=now())
    statuses = [] if for_client else standings_of(seller_id=actor.company_id, now=now())
    return _FORMS[what](
        request.POST or None,
        for_client=for_client,
        groups=sorted(((id_, group_path(tree, id_)) for id_ in tree.by_id), key=lambda pair: pair[1]),
        brands=brands_listed(seller_id=actor.company_id),
        statuses=[one.name for one in statuses],
        kinds=[(kind.id, kind.name) for kind in price_kinds_of(seller_id=actor.company_id)],
        currency=currency_of(actor),
    )


def _status_form(request: HttpRequest | None, actor: Actor) -> GiveStandingForm:
    known = standings_of(seller_id=actor.company_id, now=now())
    return GiveStandingForm(request.POST if request else None, standings=[(one.id, one.name) for one in known])


def _heading(what: str) -> str:
    return {"column": _("Give a price list"), "discount": _("Set a discount"), "agreed": _("Agree a price")}[what]


def _buyer(actor: Actor, entity_id: int) -> CounterpartyValue:
    found = buyers_by_entity(seller_id=actor.company_id, entity_ids=[entity_id]).get(entity_id)
    if found is None:
        raise Http404
    return found
