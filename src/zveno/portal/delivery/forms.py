"""Forms of a seller's delivery: carriers, their terms, surcharges and accounts, zones, warehouses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.delivery.ports import CarrierPlugin
from zveno.delivery.rules.tariffs import Extra
from zveno.delivery.shown import EXTRAS, WEEKDAYS

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_KG = {"max_digits": 10, "decimal_places": 3, "min_value": Decimal(0), "required": False}


class CarrierForm(forms.Form):
    """A carrier: its name, its kind (which stays), how its parcels are shown."""

    field_order = ("name", "kind", "note", "tracking_url", "position", "is_active")

    name = forms.CharField(label=_("Name"), max_length=120)
    note = forms.CharField(label=_("Note for yourselves"), max_length=300, required=False)
    tracking_url = forms.CharField(
        label=_("Address of its tracking page"),
        max_length=300,
        required=False,
        help_text=_("With {number} where the waybill goes. Buyers open it from their parcels."),
    )
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=9999, initial=0)
    is_active = forms.BooleanField(label=_("Offered to buyers"), required=False, initial=True)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if kinds:
            self.fields["kind"] = forms.ChoiceField(label=_("What it is"), choices=kinds)
            self.order_fields(self.field_order)

    def clean_tracking_url(self) -> str:
        """An address of the web, so that no link of ours runs a script."""
        told: str = self.cleaned_data["tracking_url"].strip()
        if told and not told.startswith(("https://", "http://")):
            raise forms.ValidationError(_("An address begins with https://"))
        return told


class TermsForm(forms.Form):
    """How a carrier counts, from a day on."""

    valid_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kg_per_m3 = forms.DecimalField(
        label=_("Kilograms that a cubic metre counts for"),
        max_digits=7, decimal_places=2, min_value=Decimal(0),
        help_text=_("Usually 200 to 250. Zero: volume does not count."),
    )  # fmt: skip
    weekdays = forms.MultipleChoiceField(
        label=_("Leaves on"), choices=[(str(at), day) for at, day in enumerate(WEEKDAYS, 1)],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    cut_off_hour = forms.IntegerField(
        label=_("Cut-off hour"), min_value=0, max_value=24, required=False,
        help_text=_("What is ready today leaves today until this hour of the warehouse's clock."),
    )  # fmt: skip
    prepare_days = forms.IntegerField(label=_("Working days to pack"), min_value=0, max_value=60)
    days_work = forms.BooleanField(label=_("Days under way are working days"), required=False)
    free_from = forms.DecimalField(
        label=_("Free from an order of"), max_digits=16, decimal_places=2, min_value=Decimal(0), required=False
    )
    vat_percent = forms.DecimalField(
        label=_("VAT, %"), max_digits=4, decimal_places=1, min_value=Decimal(0), max_value=Decimal(99)
    )
    vat_included = forms.BooleanField(label=_("Prices of the tariff include VAT"), required=False)
    heaviest_piece_kg = forms.DecimalField(label=_("Heaviest piece it takes, kg"), **_KG)  # type: ignore[arg-type]
    road_factor = forms.DecimalField(
        label=_("Road against the crow's way"), max_digits=4, decimal_places=2, min_value=Decimal(1),
        max_value=Decimal(9), help_text=_("For tariffs by the kilometre."),
    )  # fmt: skip

    def clean_weekdays(self) -> str:
        """Days as they are kept."""
        return "".join(sorted(self.cleaned_data["weekdays"]))


class SurchargeForm(forms.Form):
    """A surcharge, from a day on."""

    extra = forms.ChoiceField(label=_("For"), choices=[(extra.value, EXTRAS[extra.value]) for extra in Extra])
    percent = forms.DecimalField(
        label=_("Percent"), max_digits=6, decimal_places=3, min_value=Decimal(0), max_value=Decimal(999),
        required=False, help_text=_("Of the carrier's price; for insurance, of the value of the goods."),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("and a sum"), max_digits=12, decimal_places=2, min_value=Decimal(0), required=False
    )
    over_kg = forms.DecimalField(label=_("Bulky: a piece heavier than, kg"), **_KG)  # type: ignore[arg-type]
    over_m3 = forms.DecimalField(
        label=_("or larger than, m³"), max_digits=10, decimal_places=4, min_value=Decimal(0), required=False
    )
    valid_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AccountForm(forms.Form):
    """How one signs in with a carrier's system, by what its plugin asks for."""

    def __init__(self, *args: Any, plugin: CarrierPlugin, known: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for option in plugin.options:
            told = {"label": option.label, "help_text": option.help, "required": False}
            if option.kind == "choice":
                field: forms.Field = forms.ChoiceField(choices=option.choices, **told)  # type: ignore[arg-type]
            elif option.kind == "secret":
                kept = _("Kept. Leave it empty to let it be.") if known.get(option.name) else option.help
                widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
                field = forms.CharField(widget=widget, **{**told, "help_text": kept})  # type: ignore[arg-type]
            else:
                field = forms.CharField(max_length=300, **told)  # type: ignore[arg-type]
            field.initial = "" if option.kind == "secret" else known.get(option.name, option.default)
            self.fields[option.name] = field


class ZoneForm(forms.Form):
    """A zone with its entries, one a line."""

    name = forms.CharField(label=_("Name"), max_length=120)
    lines = forms.CharField(
        label=_("Places and regions"),
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
        help_text=_("One a line: a city, a region by name or code (RU-25), or * for everywhere else."),
    )

    def __init__(self, *args: Any, carriers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if carriers:
            choices = [("", _("all carriers")), *carriers]
            self.fields["carrier"] = forms.ChoiceField(label=_("For"), choices=choices, required=False)


class WarehouseForm(forms.Form):
    """Where a warehouse stands, and who answers there."""

    address = forms.CharField(
        label=_("Address"), max_length=500,
        help_text=_("City, street, house. Buyers who pick up read it, carriers fetch there."),
    )  # fmt: skip
    contact = forms.CharField(label=_("Who answers there"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    hours = forms.CharField(label=_("Working hours"), max_length=200, required=False)


class TariffFileForm(forms.Form):
    """A table of tariffs and from when it holds."""

    file = forms.FileField(label=_("File"))
    valid_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    whole = forms.BooleanField(label=_("The file is the whole tariff: rows it does not name end"), required=False)
