"""Forms about prices. Each form of a rule gives the row that `take_terms` takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.pricing.actions.take_terms import AgreedTerm, ColumnTerm, DiscountTerm, TermRow
from zveno.pricing.queries.naming import Named
from zveno.pricing.rules.facts import TIERED, Layer, Mode, Way
from zveno.pricing.rules.standing import Test
from zveno.pricing.told import MODES, TESTS, WAYS
from zveno.pricing.words import layer_words

Choices = Sequence[tuple[int, str]]
CURRENCIES = ("RUB", "USD", "EUR", "CNY", "KZT", "BYN")
_NONE = ("", "—")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, left empty or not."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


def chosen(label: Any, *, required: bool = False, **options: Any) -> forms.TypedChoiceField:
    """One of the ids that the form is given."""
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=required, **options)


def _percent(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_value=Decimal("99.99"), decimal_places=2, max_digits=4, **options
    )


def _amount(label: Any, *, digits: int = 2, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal(0), max_digits=16, decimal_places=digits, **options)


def _currency() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES])


class PriceKindForm(forms.Form):
    """What a price list is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    currency = _currency()
    vat_included = forms.BooleanField(label=_("VAT is in its prices"), required=False, initial=True)
    region_id = chosen(_("Region"), help_text=_("For a list of one region: who buys by it sees the region's name."))

    def __init__(self, *args: Any, regions: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["region_id"].choices = [_NONE, *regions]  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    """What every rule says: what it is about, for whom, from when. Only one of group, brand and product is filled."""

    group = chosen(_("Group"), help_text=_("With everything below it."))
    brand = forms.ChoiceField(label=_("Brand"), required=False)
    product = forms.CharField(
        label=_("Product"), max_length=60, required=False, help_text=_("Its code. All three empty: all goods.")
    )
    status = forms.ChoiceField(
        label=_("For buyers of the status"), required=False, help_text=_("Empty: for everybody.")
    )
    contract_number = forms.CharField(label=_("Contract"), max_length=60, required=False)
    day = day_field(_("From"), help_text=_("Empty: from now on. What was before is kept as history."))

    def __init__(
        self,
        *args: Any,
        for_client: bool,
        groups: Choices,
        brands: Iterable[str],
        statuses: Iterable[str],
        kinds: Choices,
        currency: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._offer("group", groups)
        self._offer("brand", [(brand, brand) for brand in brands])
        self._offer("status", [(status, status) for status in statuses])
        self._offer("price_kind", kinds)
        if "currency" in self.fields:
            self.fields["currency"].initial = currency
        del self.fields["status" if for_client else "contract_number"]

    def _offer(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        if name in self.fields:
            first = () if self.fields[name].required else (_NONE,)
            self.fields[name].choices = [*first, *choices]  # type: ignore[attr-defined]

    def row(self) -> TermRow:
        """The rule as a row of terms."""
        raise NotImplementedError

    def _common(self) -> dict[str, Any]:
        told = self.cleaned_data
        named = Named(
            product_code=told.get("product", "").strip(),
            category_id=told.get("group"),
            brand=told.get("brand", ""),
            status=told.get("status", ""),
            price_kind_id=told.get("price_kind"),
        )
        return {"named": named, "day": told["day"], "contract_number": told.get("contract_number", "")}


class ColumnForm(RuleForm):
    """That a price list is given."""

    field_order = ("price_kind", "rank")

    price_kind = chosen(_("Price list"), required=True)
    rank = forms.IntegerField(
        label=_("Rank"),
        min_value=1,
        max_value=99,
        initial=1,
        help_text=_("The first that has a price for the product counts: put a regional list before the general one."),
    )

    def row(self) -> TermRow:
        return ColumnTerm(rank=self.cleaned_data["rank"], **self._common())


class DiscountForm(RuleForm):
    """A discount."""

    field_order = ("layer", "percent", "threshold", "currency")

    layer = forms.ChoiceField(label=_("For what"))
    percent = _percent(
        _("Discount, %"), help_text=_("Nought: none for these goods, where a wider rule would give one.")
    )
    threshold = _amount(
        _("From what quantity or sum"), digits=3, required=False, help_text=_("For quantity and for the order's sum.")
    )
    currency = _currency()

    def __init__(self, *args: Any, for_client: bool, **options: Any) -> None:
        super().__init__(*args, for_client=for_client, **options)
        layers = [layer for layer in Layer if not for_client or layer is not Layer.STATUS]
        self.fields["layer"].choices = [(layer.value, layer_words(layer)) for layer in layers]  # type: ignore[attr-defined]

    def row(self) -> TermRow:
        told = self.cleaned_data
        layer = Layer(told["layer"])
        return DiscountTerm(
            layer=layer,
            percent=told["percent"],
            threshold=(told["threshold"] or Decimal(0)) if layer in TIERED else Decimal(0),
            currency=told["currency"] if layer is Layer.ORDER_SUM else "",
            **self._common(),
        )


class AgreedForm(RuleForm):
    """A price agreed with a client."""

    field_order = ("product", "value", "min_quantity", "currency", "vat_included", "is_closed")

    group = None  # type: ignore[assignment]
    brand = None  # type: ignore[assignment]
    product = forms.CharField(label=_("Product"), max_length=60, help_text=_("Its code."))
    value = _amount(_("Price"), digits=4)
    min_quantity = _amount(_("From what quantity"), digits=3, required=False)
    currency = _currency()
    vat_included = forms.BooleanField(label=_("VAT is in the price"), required=False, initial=True)
    is_closed = forms.BooleanField(label=_("Final: no discount lowers it"), required=False)

    def row(self) -> TermRow:
        told = self.cleaned_data
        return AgreedTerm(
            value=told["value"],
            min_quantity=told["min_quantity"] or Decimal(0),
            currency=told["currency"],
            vat_included=told["vat_included"],
            is_closed=told["is_closed"],
            **self._common(),
        )


class CombinationForm(forms.Form):
    """How discounts combine."""

    mode = forms.ChoiceField(label=_("They count"))
    cap_percent = _percent(_("Together no more than, %"), required=False)
    floor_kind_id = chosen(_("Not below the price list"))
    day = day_field(_("From"), help_text=_("Empty: from now on."))

    def __init__(self, *args: Any, kinds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["mode"].choices = [(mode.value, MODES[mode]) for mode in Mode]  # type: ignore[attr-defined]
        self.fields["floor_kind_id"].choices = [_NONE, *kinds]  # type: ignore[attr-defined]


class BandForm(forms.Form):
    """A band of rounding; an empty row is none."""

    from_amount = _amount(_("Prices from"), required=False)
    step = _amount(_("Rounded to"), required=False)
    way = forms.ChoiceField(label=_("Which way"), choices=[(way.value, WAYS[way.value]) for way in Way])


class StandingForm(forms.Form):
    """What a status takes and gives."""

    name = forms.CharField(label=_("Name"), max_length=80)
    position = forms.IntegerField(
        label=_("Rank"), min_value=0, max_value=99, initial=0, help_text=_("The higher, the better the status.")
    )
    test = forms.ChoiceField(label=_("Who gets it"))
    min_total = _amount(_("Bought for at least"), required=False)
    months = forms.IntegerField(label=_("In how many months"), min_value=1, max_value=60, initial=12)
    credit_limit = _amount(_("Credit limit"), required=False, help_text=_("Empty: that of the trade terms."))
    day = day_field(_("From"), help_text=_("Empty: from now on."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["test"].choices = [(test.value, TESTS[test]) for test in Test]  # type: ignore[attr-defined]


class GiveStandingForm(forms.Form):
    """A status given by hand."""

    standing_id = chosen(_("Status"))
    held_until = day_field(_("Until"))

    def __init__(self, *args: Any, standings: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["standing_id"].choices = [("", _("By the rules")), *standings]  # type: ignore[attr-defined]
