"""Accounts in the reader's language: faults and deeds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.kit.errors import Fault
from zveno.ui import deeds, words

words.register(
    {
        "address_taken": _("An account with the address %(email)s exists already. Sign in with it."),
        "key_unknown": _("There is no such key in your company."),
        "key_name_missing": _("Name the key after the program that will use it, such as “1C of the warehouse”."),
    }
)


@words.says("password_weak")
def _password_weak(fault: Fault) -> str:
    reasons = fault.params.get("reasons")
    return " ".join(map(str, reasons)) if isinstance(reasons, list) else ""


deeds.register(
    {
        "api_key_made": _("Made the key “%(name)s”."),
        "api_key_revoked": _("Took back the key “%(name)s”."),
    },
    tones={"api_key_revoked": "warn"},
)
