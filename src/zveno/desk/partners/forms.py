"""Forms of the desk's partners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.partners.forms import EntityCodesForm
from zveno.partners.labels import ROLE_HINTS, ROLE_LABELS
from zveno.partners.rules.roles import Role

Choices = Sequence[tuple[int, str]]
_NONE = ("", "—")


def _chosen(label: Any, *, required: bool = False) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=required)


def _offer(form: forms.Form, **choices: Iterable[tuple[Any, Any]]) -> None:
    for name, offered in choices.items():
        form.fields[name].choices = [_NONE, *offered]  # type: ignore[attr-defined]


class CompanyForm(forms.Form):
    """What a company is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(
        label=_("Short code"),
        max_length=20,
        required=False,
        help_text=_("Its orders' numbers start with it. Left empty, it is made from the name."),
    )
    is_buyer = forms.BooleanField(label=_("Buys"), required=False, initial=True)
    is_seller = forms.BooleanField(label=_("Sells"), required=False)
    is_distributor = forms.BooleanField(label=_("Distributor: buys, sells and reports its sales"), required=False)
    region_id = _chosen(_("Region"))
    time_zone = forms.CharField(label=_("Time zone"), initial="Europe/Moscow", max_length=64)

    def __init__(self, *args: Any, regions: Choices, new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, region_id=regions)
        if not new:
            del self.fields["code"]

    def clean_time_zone(self) -> str:
        from zoneinfo import available_timezones

        zone = str(self.cleaned_data["time_zone"]).strip()
        if zone not in available_timezones():
            raise forms.ValidationError(_("There is no such time zone. Write it as Europe/Moscow."))
        return zone


class EntityForm(EntityCodesForm):
    """A legal entity."""

    field_order = (
        "name",
        "full_name",
        "inn",
        "kpp",
        "ogrn",
        "legal_address",
        "delivery_address",
        "region_id",
        "main_id",
    )

    name = forms.CharField(label=_("Name"), max_length=300)
    full_name = forms.CharField(label=_("Full name"), max_length=500, required=False)
    legal_address = forms.CharField(label=_("Legal address"), max_length=500, required=False)
    delivery_address = forms.CharField(label=_("Delivery address"), max_length=500, required=False)
    region_id = _chosen(_("Region"))
    main_id = _chosen(_("Daughter of"))

    def __init__(self, *args: Any, regions: Choices, mains: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, region_id=regions, main_id=mains)


class TermsForm(forms.Form):
    """On what terms an entity buys from a seller."""

    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    price_kind_id = _chosen(_("Price kind"))
    discount_percent = forms.DecimalField(
        label=_("Discount, %"),
        min_value=Decimal(0),
        max_value=Decimal("99.99"),
        max_digits=5,
        decimal_places=2,
        initial=0,
    )
    credit_limit = forms.DecimalField(
        label=_("Credit limit"),
        min_value=Decimal(0),
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=_("Empty: no limit is kept here."),
    )
    payment_delay_days = forms.IntegerField(label=_("Payment delay, days"), min_value=0, max_value=730, initial=0)
    contract_number = forms.CharField(label=_("Contract"), max_length=60, required=False)
    region_id = _chosen(_("Region"))
    manager_id = _chosen(_("Manager"))

    def __init__(self, *args: Any, price_kinds: Choices, regions: Choices, managers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, price_kind_id=price_kinds, region_id=regions, manager_id=managers)


class HeadForm(forms.Form):
    """Who is to be head."""

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200, required=False)


class InviteForm(HeadForm):
    """Whom to invite, as what."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: Sequence[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        told = [(role.value, f"{ROLE_LABELS[role]} — {ROLE_HINTS[role]}") for role in roles]
        self.fields["role"].choices = told  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """A decision on a request."""

    reason = forms.CharField(
        label=_("Reason, where refused"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RegionForm(forms.Form):
    """A place of the tree of regions."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Such as RU-SVE."))
    parent_id = _chosen(_("Part of"))

    def __init__(self, *args: Any, regions: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, parent_id=regions)
