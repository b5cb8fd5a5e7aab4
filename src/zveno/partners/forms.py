"""Form parts that portal and desk share: the codes of a legal entity, checked with a sentence at each field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.partners.labels import CODE_PROBLEMS
from zveno.partners.rules.entities import clean_code, code_problems

_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class EntityCodesForm(forms.Form):
    """INN, KPP and OGRN with what is wrong with them said at the field."""

    inn = forms.CharField(label=_("INN"), max_length=40, widget=forms.TextInput(attrs=_DIGITS))
    kpp = forms.CharField(
        label=_("KPP"),
        max_length=40,
        required=False,
        help_text=_("A sole trader leaves it empty."),
        widget=forms.TextInput(attrs=_DIGITS),
    )
    ogrn = forms.CharField(label=_("OGRN"), max_length=40, required=False, widget=forms.TextInput(attrs=_DIGITS))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        codes = {name: clean_code(cleaned.get(name, "")) for name in ("inn", "kpp", "ogrn")}
        for problem in code_problems(**codes):
            if problem.field not in self.errors:
                self.add_error(problem.field, str(CODE_PROBLEMS[(problem.field, problem.kind)]))
        return {**cleaned, **codes}
