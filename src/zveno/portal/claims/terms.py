"""The seller's terms of claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from zveno.base.clock import now
from zveno.claims.actions.set_claim_terms import set_claim_terms
from zveno.claims.queries.terms import terms_of
from zveno.claims.rules.claiming import Terms
from zveno.portal.claims.asking import actor_of
from zveno.ui.forms import carried_out, status_of

_MOST = 3650


class TermsForm(forms.Form):
    """Days to claim after shipment, by what is wrong, and to answer."""

    arrival_days = forms.IntegerField(
        label=_("What is seen on arrival, days"),
        help_text=_("Shortage, surplus, damage, wrong goods: counted from the day of shipment. Zero: not taken here."),
        min_value=0,
        max_value=_MOST,
    )
    defect_days = forms.IntegerField(label=_("Defects, days"), min_value=0, max_value=_MOST)
    return_days = forms.IntegerField(label=_("Return of good stock, days"), min_value=0, max_value=_MOST)
    papers_days = forms.IntegerField(label=_("Errors in the papers, days"), min_value=0, max_value=_MOST)
    answer_days = forms.IntegerField(
        label=_("Your answer, working days"),
        help_text=_("A claim that is not answered by then is shown as late, to you and to the buyer."),
        min_value=1,
        max_value=_MOST,
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Show and set them."""
    seller_id = actor_of(request).company_id
    held = terms_of(seller_id=seller_id)
    form = TermsForm(request.POST or None, initial={name: getattr(held, name) for name in TermsForm.base_fields})

    def save(told: dict[str, Any]) -> None:
        set_claim_terms(seller_id=seller_id, terms=Terms(**told), now=now())

    if request.method == "POST" and carried_out(form, save):
        return redirect("received:list")
    return render(request, "portal/claims/terms.html", {"form": form}, status=status_of(form))
