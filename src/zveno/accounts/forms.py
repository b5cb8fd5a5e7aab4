"""Forms of allauth with our words: naming a key for sign-in."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST_NAME = 60


class AddKeyForm(AddWebAuthnForm):
    """A new key: its name, and whether it lets in alone."""

    name = forms.CharField(
        label=pgettext_lazy("passkey", "Name"),
        required=False,
        help_text=_("Tells your keys apart: name it after the device it is on."),
        widget=forms.TextInput(attrs={"maxlength": LONGEST_NAME}),
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": _("The browser gave no key. Press “Add a key” and do what it asks.")},
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone, without a password"),
        required=False,
        help_text=_("The key will ask for a fingerprint, face or PIN."),
    )

    def clean_name(self) -> str:
        # The device keeps the key already: a long name is cut, not refused.
        return str(super().clean_name())[:LONGEST_NAME]


class EditKeyForm(EditWebAuthnForm):
    """A key's other name."""

    name = forms.CharField(label=pgettext_lazy("passkey", "Name"), max_length=LONGEST_NAME)
