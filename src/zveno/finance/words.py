"""What can be wrong with money, and what was done with it, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.finance.errors import CreditBlocked
from zveno.finance.labels import consequence, reason_words
from zveno.finance.rules.credit import Verdict
from zveno.kit.errors import Fault
from zveno.ui import deeds, words

words.register(
    {
        "client_unknown": _("This company does not buy from you by terms of today."),
        "limit_out_of_range": _("A limit is zero or more, with at most fifteen digits."),
        "limit_reason_missing": _("Say why the limit changes: it stays in the history beside your name."),
        "policy_wrong": _("Choose from the list; the grace days are from 0 to 365."),
        "mail_choice_wrong": _("Choose from the list; up to 30 days before the due day, up to 90 between reminders."),
    }
)


@words.says("credit_blocked")
def _blocked(fault: Fault) -> str:
    assert isinstance(fault, CreditBlocked)
    told = " ".join(reason_words(reason, fault.currency) for reason in fault.reasons)
    return gettext("%(reasons)s %(consequence)s") % {"reasons": told, "consequence": consequence(Verdict.BLOCKED)}


deeds.register(
    {
        "credit_policy_set": _("Changed what happens when an order goes over its credit."),
        "credit_limit_set": _("Set the credit limit to %(amount)s: %(reason)s"),
        "credit_limit_lifted": _("Lifted the credit limit: %(reason)s"),
    }
)
