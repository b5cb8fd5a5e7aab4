"""What one is mailed about money: statement, reminders, quiet hours, and the link that ends it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zveno.accounts.rules.secrets import digest
from zveno.base.scope import Scope, Section, entered
from zveno.finance.actions.set_money_mail import MOST_DAYS_AFTER, MOST_DAYS_BEFORE, set_money_mail
from zveno.finance.actions.switch_off_money_mail import switch_off_money_mail
from zveno.finance.labels import STATEMENTS
from zveno.finance.queries.money_mail import money_mail_of
from zveno.finance.rules.reminding import MailChoice
from zveno.portal.money.sides import side_of
from zveno.ui.forms import carried_out, status_of

_TIME = {"type": "time"}


class MailForm(forms.Form):
    """The choice, field by field."""

    is_on = forms.BooleanField(label=_("Mail me about money"), required=False)
    statement = forms.ChoiceField(
        label=_("Statement as a workbook"), choices=STATEMENTS.items, help_text=_("Balances and every document.")
    )
    reminds = forms.BooleanField(label=_("Remind me of payments"), required=False)
    days_before = forms.IntegerField(
        label=_("Days before the due day"), min_value=0, max_value=MOST_DAYS_BEFORE, help_text=_("0: not before.")
    )
    every_days_after = forms.IntegerField(
        label=_("Then again every so many days"), min_value=0, max_value=MOST_DAYS_AFTER, help_text=_("0: only once.")
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=forms.TimeInput(attrs=_TIME, format="%H:%M"))
    quiet_to = forms.TimeField(
        label=_("Quiet until"),
        help_text=_("On your clock; what falls into quiet hours comes after them."),
        widget=forms.TimeInput(attrs=_TIME, format="%H:%M"),
    )
    weekends = forms.BooleanField(label=_("At week-ends too"), required=False)


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The person's choice for the company they act for."""
    side = side_of(request)
    actor = side.actor
    kept = money_mail_of(user_id=actor.user_id, company_id=actor.company_id)
    begins: MailChoice = kept or MailChoice(is_on=False)
    fields = {name: getattr(begins, name) for name in MailForm.base_fields}
    form = MailForm(request.POST or None, initial=fields)

    def keep(told: dict[str, Any]) -> None:
        set_money_mail(user_id=actor.user_id, company_id=actor.company_id, choice=MailChoice(**told))

    if request.method == "POST" and carried_out(form, keep):
        return redirect("money:mail")
    told = {"side": side, "form": form, "is_on": begins.is_on, "email": getattr(request.user, "email", "")}
    return render(request, "portal/money/mail.html", told, status=status_of(form))


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def switch_off(request: HttpRequest, secret: str) -> HttpResponse:
    """End the mail by the link in it, without signing in; a mail reader's preview of the link ends nothing."""
    done = None
    if request.method == "POST":
        # Whoever shows the secret may end that mail and nothing else, so there is nothing to forge.
        with transaction.atomic(), entered(Scope(section=Section.NOBODY, secret_sha256=digest(secret))):
            done = switch_off_money_mail()
    return render(request, "portal/money/mail_off.html", {"done": done})
