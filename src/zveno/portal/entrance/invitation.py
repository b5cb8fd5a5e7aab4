"""The page behind the link of an invitation: a newcomer sets a password, a known person joins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zveno.base import clock
from zveno.partners.actions.accept_invitation import accept_invitation
from zveno.partners.labels import ROLE_LABELS
from zveno.partners.queries.invitations import ShownInvitation, shown_invitation
from zveno.ui.forms import carried_out, status_of


class NewcomerForm(forms.Form):
    """The name and password of somebody who has no account."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 10 characters; not a common word, not your name."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """What the invitation says; accepting it signs a newcomer in. An unknown link is 404."""
    shown = shown_invitation(secret=secret, now=clock.now())
    if shown is None:
        raise Http404
    told: dict[str, Any] = {"shown": shown, "role": ROLE_LABELS[shown.role]}
    if shown.state != "open":
        return render(request, "portal/entrance/invitation_over.html", told, status=410)
    if request.user.is_authenticated:
        return _joined(request, secret, shown, told)
    if shown.has_account:
        next_page = urlencode({"next": request.get_full_path()})
        told["sign_in_url"] = f"{reverse(settings.LOGIN_URL)}?{next_page}"
        return render(request, "portal/entrance/invitation_known.html", told)
    return _newcomer(request, secret, shown, told)


def _joined(request: HttpRequest, secret: str, shown: ShownInvitation, told: dict[str, Any]) -> HttpResponse:
    told["is_for_another"] = getattr(request.user, "email", "") != shown.email
    if request.method == "GET" or told["is_for_another"]:
        return render(request, "portal/entrance/invitation_join.html", told)
    accept_invitation(secret=secret, person=request.user, now=clock.now())  # type: ignore[arg-type]
    return redirect("/")


def _newcomer(request: HttpRequest, secret: str, shown: ShownInvitation, told: dict[str, Any]) -> HttpResponse:
    form = NewcomerForm(request.POST or None, initial={"name": shown.name})
    made: list[Any] = []

    def accept(given: dict[str, Any]) -> None:
        language = request.LANGUAGE_CODE if request.LANGUAGE_CODE in dict(settings.LANGUAGES) else "ru"
        made.append(accept_invitation(secret=secret, now=clock.now(), language=language, **given))

    if request.method == "POST" and carried_out(form, accept):
        login(request, made[0], backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("/")
    return render(request, "portal/entrance/invitation.html", {**told, "form": form}, status=status_of(form))
