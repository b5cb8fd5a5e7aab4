"""Forms of approval: a rule with its steps, the settings, a budget, a substitute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.kit.errors import Fault
from zveno.orders.actions.approval.keep_rule import RuleDraft
from zveno.orders.labels import CHANGES, OUTCOMES, PERIODS, WHEN_LATE, approver_role, author_role
from zveno.orders.rules.approval.picking import Outcome, Rule
from zveno.orders.rules.approval.steps import Change, Seat, StepPlan, WhenLate
from zveno.partners.rules.roles import Role
from zveno.ui.formats import format_number
from zveno.ui.typed import quantity_of
from zveno.ui.words import explain

Choices = Sequence[tuple[Any, Any]]
_AUTHOR_ROLES = (Role.HEAD, Role.BUYER, Role.SELLER_MANAGER)
_APPROVER_ROLES = (Role.HEAD, Role.ACCOUNTANT, Role.BUYER, Role.SELLER_MANAGER, Role.VIEWER)


def _many(label: Any, **options: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, coerce=int, required=False, widget=forms.CheckboxSelectMultiple, **options
    )


class FigureField(forms.CharField):
    """A figure as people type it: comma or point, blanks between thousands; empty is `None` where it may be."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        try:
            return quantity_of(text) if text else None
        except Fault as fault:
            raise forms.ValidationError(explain(fault)) from fault

    def prepare_value(self, value: Any) -> Any:
        return format_number(value, translation.get_language() or "en") if isinstance(value, Decimal) else value


class RuleForm(forms.Form):
    """When a rule holds, and what it does then. What is left empty holds for everything."""

    name = forms.CharField(
        label=pgettext_lazy("rule", "Name"), max_length=120, help_text=_("Such as “Above 100,000” or “Over budget”.")
    )
    outcome = forms.ChoiceField(label=_("Orders under this rule"), choices=list(OUTCOMES.items()))
    min_total = FigureField(label=_("From a sum of"), required=False)
    currency = forms.ChoiceField(label=_("Currency"))
    category_ids = _many(
        _("With lines of these groups"), help_text=_("Then the sum above is that of these lines alone.")
    )
    roles = forms.MultipleChoiceField(
        label=_("Of authors with these roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    author_ids = _many(_("Of these authors"))
    entity_ids = _many(_("For these legal entities"))
    seller_ids = _many(_("From these sellers"))
    over_budget = forms.BooleanField(label=_("Only when a budget is exceeded"), required=False)
    over_credit = forms.BooleanField(label=_("Only when the credit limit with the seller is exceeded"), required=False)
    tolerance_percent = FigureField(
        label=_("Prices may rise before placing by, %"),
        initial="0",
        help_text=_("A larger rise after the approval stops the order and asks again."),
    )

    def __init__(self, *args: Any, offered: Mapping[str, Choices], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.value, author_role(role.value)) for role in _AUTHOR_ROLES
        ]
        for name, choices in offered.items():
            if name not in self.fields:
                continue
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if name != "currency" and len(choices) < 2:
                del self.fields[name]
        if len(offered["currency"]) < 2:
            self.fields["currency"].widget = forms.HiddenInput()
            self.fields["currency"].initial = offered["currency"][0][0]

    def draft(self, steps: Sequence[StepPlan]) -> RuleDraft:
        """The rule as it was filled in."""
        told = self.cleaned_data
        return RuleDraft(
            name=told["name"],
            outcome=Outcome(told["outcome"]),
            steps=steps,
            min_total=told["min_total"],
            currency=told["currency"],
            category_ids=told.get("category_ids", ()),
            author_ids=told.get("author_ids", ()),
            roles=told["roles"],
            entity_ids=told.get("entity_ids", ()),
            seller_ids=told.get("seller_ids", ()),
            over_budget=told["over_budget"],
            over_credit=told["over_credit"],
            tolerance_percent=told["tolerance_percent"],
        )


def initial_of(rule: Rule) -> dict[str, Any]:
    """A kept rule as the form shows it."""
    return {
        "name": rule.name,
        "outcome": rule.outcome.value,
        "min_total": rule.min_total,
        "currency": rule.currency,
        "category_ids": sorted(rule.category_ids),
        "roles": sorted(rule.roles),
        "author_ids": sorted(rule.author_ids),
        "entity_ids": sorted(rule.entity_ids),
        "seller_ids": sorted(rule.seller_ids),
        "over_budget": rule.over_budget,
        "over_credit": rule.over_credit,
        "tolerance_percent": rule.tolerance_percent,
    }


class StepForm(forms.Form):
    """Whose word one step needs. Who is a person (`u7`) or a role (`head`)."""

    who = forms.MultipleChoiceField(label=_("Who approves"), widget=forms.CheckboxSelectMultiple)
    needs_all = forms.ChoiceField(
        label=_("How many of them"),
        choices=[("", _("one of them is enough")), ("1", _("all of them"))],
        required=False,
    )
    deadline_hours = forms.IntegerField(
        label=_("Hours to answer"), required=False, min_value=1, max_value=24 * 60, help_text=_("Empty: no deadline.")
    )
    when_late = forms.ChoiceField(label=_("Without an answer it goes"), choices=list(WHEN_LATE.items()))
    may_change = forms.ChoiceField(label=_("They may change"), choices=list(CHANGES.items()))

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            *((role.value, approver_role(role.value)) for role in _APPROVER_ROLES),
            *((f"u{user_id}", name) for user_id, name in people),
        ]

    def plan(self) -> StepPlan:
        """The step as it was filled in."""
        told = self.cleaned_data
        seats = [Seat(user_id=int(who[1:])) if who[1:].isdigit() else Seat(role=who) for who in told["who"]]
        return StepPlan(
            seats=tuple(seats),
            needs_all=bool(told["needs_all"]),
            deadline_hours=told["deadline_hours"],
            when_late=WhenLate(told["when_late"]),
            may_change=Change(told["may_change"]),
        )


def initial_steps(steps: Iterable[StepPlan]) -> list[dict[str, Any]]:
    """Kept steps as their forms show them."""
    return [
        {
            "who": [seat.role or f"u{seat.user_id}" for seat in step.seats],
            "needs_all": "1" if step.needs_all else "",
            "deadline_hours": step.deadline_hours,
            "when_late": step.when_late.value,
            "may_change": step.may_change.value,
        }
        for step in steps
    ]


class SettingsForm(forms.Form):
    """What holds for all requisitions of the company."""

    own_allowed = forms.BooleanField(
        label=_("People may approve their own orders where a rule names them"), required=False
    )
    links_without_sign_in = forms.BooleanField(
        label=_("The links in mails decide without signing in"),
        required=False,
        help_text=_("Whoever holds the mail can then decide once. Otherwise the link asks to sign in first."),
    )
    remind_hours = forms.IntegerField(label=_("Remind before a deadline, hours"), min_value=0, max_value=336)
    expire_days = forms.IntegerField(
        label=_("A requisition without a decision lasts, days"), min_value=1, max_value=365
    )
    exempt_key_ids = _many(
        _("Programs whose orders need no approval"), help_text=_("Orders by other keys obey the rules like anybody's.")
    )

    def __init__(self, *args: Any, keys: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["exempt_key_ids"].choices = keys  # type: ignore[attr-defined]
        if not keys:
            del self.fields["exempt_key_ids"]


class BudgetForm(forms.Form):
    """How much an entity or a person may order in a period. Who is an entity (`e3`) or a person (`u7`)."""

    owner = forms.ChoiceField(label=_("Whose budget"))
    period = forms.ChoiceField(label=_("For each"), choices=list(PERIODS.items()))
    amount = FigureField(label=_("Amount"))
    currency = forms.ChoiceField(label=_("Currency"))

    def __init__(self, *args: Any, entities: Choices, people: Choices, currencies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            (_("Legal entities"), [(f"e{pk}", name) for pk, name in entities]),
            (_("People"), [(f"u{pk}", name) for pk, name in people]),
        ]
        self.fields["currency"].choices = currencies  # type: ignore[attr-defined]


class SubstituteForm(forms.Form):
    """Who decides for whom, from which day to which."""

    user_id = forms.TypedChoiceField(label=_("Who is away"), coerce=int)
    substitute_id = forms.TypedChoiceField(label=_("Who decides instead"), coerce=int)
    first_day = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("Until, inclusive"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, away: Choices, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user_id"].choices = away  # type: ignore[attr-defined]
        self.fields["substitute_id"].choices = people  # type: ignore[attr-defined]
        if len(away) == 1:
            self.fields["user_id"].widget = forms.HiddenInput()
            self.fields["user_id"].initial = away[0][0]
