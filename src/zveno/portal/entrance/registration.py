"""The request for a cabinet."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from zveno.base import clock
from zveno.partners.actions.register_company import register_company
from zveno.partners.forms import EntityCodesForm
from zveno.ui.forms import carried_out, status_of


class RegistrationForm(EntityCodesForm):
    """Who asks: the company with its codes, and the person to write to."""

    field_order = ("company_name", "inn", "kpp", "ogrn", "legal_address", "contact_name", "email", "phone")

    company_name = forms.CharField(label=_("Company or sole trader, as in the papers"), max_length=300)
    legal_address = forms.CharField(label=_("Legal address"), max_length=500)
    contact_name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The form, its faults, or on to the thanks; many requests from one address are slowed down."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and not ratelimit.consume(request, app="allauth.account", action="signup"):
        form.add_error(None, _("Too many requests from your network. Try again in a minute."))
        return render(request, "portal/entrance/register.html", {"form": form}, status=429)

    def send(told: dict[str, Any]) -> None:
        register_company(now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, send):
        return redirect("entrance:registered")
    return render(request, "portal/entrance/register.html", {"form": form}, status=status_of(form))


@require_GET
def registered(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "portal/entrance/registered.html")
