"""Money in the reader's words: kinds of documents, ages, why two documents belong together, credit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from zveno.finance.rules.ageing import Age
from zveno.finance.rules.credit import Answer, Reason, Verdict
from zveno.finance.rules.differences import Cause, Explained
from zveno.finance.rules.documents import Kind
from zveno.finance.rules.settling import Basis
from zveno.ui.formats import format_date, format_money
from zveno.ui.navigation import Tone, Words

_KINDS: Mapping[str, Words] = {
    Kind.OPENING: gettext_lazy("Opening balance"),
    Kind.SHIPMENT: gettext_lazy("Shipment"),
    Kind.RETURN: gettext_lazy("Return of goods"),
    Kind.CORRECTION: gettext_lazy("Correction"),
    Kind.PAYMENT: gettext_lazy("Payment"),
    Kind.ADVANCE: gettext_lazy("Advance"),
    Kind.REFUND: gettext_lazy("Refund"),
    Kind.OFFSET: gettext_lazy("Offset"),
}
_AGES: Mapping[str, Words] = {
    Age.NOT_DUE: gettext_lazy("Not due"),
    Age.DAYS_30: gettext_lazy("1–30 days"),
    Age.DAYS_60: gettext_lazy("31–60 days"),
    Age.DAYS_90: gettext_lazy("61–90 days"),
    Age.OLDER: gettext_lazy("Over 90 days"),
}
_AGE_TONES: Mapping[str, Tone] = {
    Age.NOT_DUE: "", Age.DAYS_30: "warn", Age.DAYS_60: "warn", Age.DAYS_90: "bad", Age.OLDER: "bad",
}  # fmt: skip
_BASES: Mapping[str, Words] = {
    Basis.TOLD: gettext_lazy("as the accounting system says"),
    Basis.ORDER: gettext_lazy("the same order"),
    Basis.OLDEST: gettext_lazy("the oldest debt first"),
}
_ANSWERS: Mapping[str, Words] = {
    Answer.WARN: gettext_lazy("Warn, and let the order pass"),
    Answer.APPROVE: gettext_lazy("Let the manager decide"),
    Answer.BLOCK: gettext_lazy("Take no order"),
}
_VERDICT_TONES: Mapping[str, Tone] = {
    Verdict.ALLOWED: "", Verdict.WARNED: "warn", Verdict.NEEDS_APPROVAL: "warn", Verdict.BLOCKED: "bad",
}  # fmt: skip
STATEMENTS: Mapping[str, Words] = {
    "never": pgettext_lazy("mail", "Never"),
    "weekly": gettext_lazy("Each week, on Monday"),
    "monthly": gettext_lazy("Each month, on the first"),
}


def kind_word(kind: str) -> str:
    """What a document of this kind is called."""
    return str(_KINDS[kind]) if kind in _KINDS else kind


def kinds() -> list[tuple[str, str]]:
    """Every kind with its word."""
    return [(str(kind.value), kind_word(kind)) for kind in Kind]


def age_word(age: str) -> str:
    """What an age is called in a heading."""
    return str(_AGES[age])


def age_tone(age: str) -> Tone:
    """The colour of an age."""
    return _AGE_TONES[age]


def basis_word(basis: str) -> str:
    """Why two documents belong together."""
    return str(_BASES[basis])


def answers() -> list[tuple[str, Words]]:
    """What a seller may choose, from the mildest on."""
    return [(answer.value, _ANSWERS[answer]) for answer in Answer]


def verdict_tone(verdict: str) -> Tone:
    """The colour of a verdict on an order."""
    return _VERDICT_TONES[verdict]


def attention_words(code: str, params: Mapping[str, str]) -> str:
    """Why an order waits for the manager, in a phrase, from what was kept of the reason."""
    if code == "overdue":
        days = int(params["days"])
        return ngettext("a debt is %(days)s day overdue", "a debt is %(days)s days overdue", days) % {"days": days}
    if code == "over_group_limit":
        return _("over the credit limit of the whole company")
    return _("over the credit limit by %(over)s") % {"over": _sum(params["over"], params["currency"])}


def reason_words(reason: Reason, currency: str) -> str:
    """One reason of a credit decision as a sentence."""
    code, params = reason.code, reason.params
    if code == "overdue":
        days = int(params["days"])
        words = ngettext(
            "%(sum)s is overdue, the oldest part by %(days)s day.",
            "%(sum)s is overdue, the oldest part by %(days)s days.",
            days,
        )
        return words % {"sum": _sum(params["sum"], currency), "days": days}
    told = {name: _sum(params[name], currency) for name in ("over", "left", "limit")}
    if code == "over_group_limit":
        return _("The order goes over the limit of the whole company (%(limit)s) by %(over)s.") % told
    return _("The order goes over the credit limit by %(over)s: %(left)s of %(limit)s is left.") % told


def consequence(verdict: Verdict) -> str:
    """What becomes of an order with this verdict; empty where nothing does."""
    return {
        Verdict.ALLOWED: "",
        Verdict.WARNED: _("The seller takes the order all the same."),
        Verdict.NEEDS_APPROVAL: _("The seller's manager will decide on it."),
        Verdict.BLOCKED: _("The seller takes no order until this is paid or the limit is raised."),
    }[verdict]


def cause_words(part: Explained, currency: str) -> str:
    """One part of a difference with the accounting system as a sentence."""
    language = translation.get_language() or "en"
    document = part.document
    told = {
        "number": document.number if document else "",
        "day": format_date(document.issued_on, language) if document else "",
        "ours": format_money(document.change, currency, language) if document else "",
        "theirs": format_money(part.theirs, currency, language),
        "sum": format_money(abs(part.effect), currency, language),
    }
    return str(_CAUSES[part.cause]) % told


_CAUSES: Mapping[Cause, Words] = {
    Cause.MISSING_HERE: gettext_lazy("%(number)s of %(day)s, %(ours)s: counted there, never came here."),
    Cause.UNKNOWN_THERE: gettext_lazy("%(number)s of %(day)s, %(ours)s: came here, not counted there."),
    Cause.AMOUNT_DIFFERS: gettext_lazy("%(number)s of %(day)s: %(ours)s here, %(theirs)s there."),
    Cause.MAYBE_NOT_THERE: gettext_lazy("%(number)s of %(day)s has just this sum: it may not be counted there."),
    Cause.UNEXPLAINED: gettext_lazy("%(sum)s is not explained by single documents: compare the whole account."),
}


def _sum(text: str, currency: str) -> str:
    return format_money(Decimal(text), currency, translation.get_language() or "en")
