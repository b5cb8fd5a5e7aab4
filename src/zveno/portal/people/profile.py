"""A person's own page: name, language, clock, look; ways to their password, second factor and sessions."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from zveno.accounts.actions.change_profile import change_profile
from zveno.partners.labels import ROLE_LABELS
from zveno.partners.queries.memberships import memberships_of
from zveno.ui.forms import carried_out, status_of


def _zones() -> list[tuple[str, str]]:
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in named)]


class ProfileForm(forms.Form):
    """What a person may say of themselves."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("ru", "Русский"), ("en", "English")])
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_zones)
    theme = forms.ChoiceField(
        label=_("Look"), choices=[("auto", _("as the system")), ("light", _("light")), ("dark", _("dark"))]
    )


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The page; a saved form speaks its new language at once."""
    user: Any = request.user
    kept = {name: getattr(user, name) for name in ("name", "phone", "language", "time_zone", "theme")}
    form = ProfileForm(request.POST or None, initial=kept)
    if request.method == "POST" and carried_out(form, lambda told: change_profile(user_id=user.pk, **told)):
        answer = redirect("people:profile")
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], samesite="Lax")
        return answer
    places = [(m, ROLE_LABELS[m.role]) for m in memberships_of(user_id=user.pk)]
    told = {"form": form, "places": places, "email": user.email}
    return render(request, "portal/people/profile.html", told, status=status_of(form))
