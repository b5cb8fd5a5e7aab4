"""Forms of one's own company."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.partners.forms import EntityCodesForm
from zveno.partners.labels import ROLE_HINTS, ROLE_LABELS
from zveno.partners.rules.roles import Role


def role_choices(roles: Iterable[Role]) -> list[tuple[str, Any]]:
    """Roles with what each may do."""
    return [(role.value, f"{ROLE_LABELS[role]} — {ROLE_HINTS[role]}") for role in roles]


class PlaceForm(forms.Form):
    """What a person is in the company, and for which entities."""

    role = forms.ChoiceField(label=_("Role"))
    entity_ids = forms.TypedMultipleChoiceField(
        label=_("Legal entities"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None marked: all of them. A main entity brings its daughters."),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], entities: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]
        self.fields["entity_ids"].choices = entities  # type: ignore[attr-defined]
        if len(entities) < 2:
            del self.fields["entity_ids"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        return {"entity_ids": [], **cleaned}


class InvitationForm(PlaceForm):
    """Whom to invite."""

    field_order = ("email", "name", "role", "entity_ids")

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200, required=False)


class EntityRequestForm(EntityCodesForm):
    """A legal entity to be added (F21)."""

    field_order = ("name", "inn", "kpp", "ogrn", "legal_address")

    name = forms.CharField(label=_("Name, as in the papers"), max_length=300)
    legal_address = forms.CharField(label=_("Legal address"), max_length=500)


class KeyForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label=_("What will use it"), max_length=120, help_text=_("Such as “1C of the warehouse”."))
    section = forms.ChoiceField(label=_("It may"))
    entity_id = forms.TypedChoiceField(label=_("Legal entity"), coerce=int, empty_value=None, required=False)

    def __init__(
        self, *args: Any, sections: Sequence[tuple[str, Any]], entities: Sequence[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["section"].choices = sections  # type: ignore[attr-defined]
        self.fields["entity_id"].choices = [("", _("all of them")), *entities]  # type: ignore[attr-defined]
