"""Forms of a seller's credit."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.finance.actions.set_credit_policy import LONGEST_GRACE_DAYS
from zveno.finance.labels import answers
from zveno.kit.errors import Fault
from zveno.ui.typed import quantity_of
from zveno.ui.words import explain

_WHOSE = (("entity", _("This legal entity")), ("company", _("The whole company")))


class LimitForm(forms.Form):
    """A limit with its reason."""

    whose = forms.ChoiceField(label=_("Whose limit"), choices=_WHOSE, initial="entity")
    amount = forms.CharField(
        label=_("Limit"),
        required=False,
        max_length=24,
        help_text=_("Empty: lifted. For a legal entity the limit of the trade terms holds again."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(label=_("Why it changes"), max_length=300)

    def clean_amount(self) -> Decimal | None:
        """The sum as people type it; None where nothing was typed."""
        typed: str = self.cleaned_data["amount"]
        try:
            return quantity_of(typed) if typed.strip() else None
        except Fault as fault:
            raise forms.ValidationError(explain(fault)) from fault


class PolicyForm(forms.Form):
    """What happens to an order that goes too far."""

    over_limit = forms.ChoiceField(label=_("An order over the credit limit"), choices=answers)
    when_overdue = forms.ChoiceField(label=_("An order while a debt is overdue"), choices=answers)
    grace_days = forms.IntegerField(
        label=_("Days of grace"),
        min_value=0,
        max_value=LONGEST_GRACE_DAYS,
        help_text=_("A debt overdue by no more than this does not count."),
    )
