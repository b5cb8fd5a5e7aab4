"""What can be wrong with claims, and what was done to them, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.claims.errors import ClaimMoved, ClaimProblems
from zveno.claims.rules.claiming import Problem
from zveno.kit.errors import Fault
from zveno.ui import deeds, words
from zveno.ui.formats import format_date, format_number

_SENTENCES = {
    "claim_not_found": _("There is no such claim."),
    "shipment_not_found": _("There is no such shipment."),
    "claim_words_missing": _("Write what it is about."),
    "claim_file_too_large": _("%(name)s is larger than %(most)s MB. Send a smaller one."),
    "too_many_claim_files": _("A claim takes %(most)s files at most."),
    "claim_file_empty": _("%(name)s is empty. Choose the file again."),
    "terms_wrong": _("Days are whole numbers from 0 to %(most)s; an answer needs at least one day."),
}
_PROBLEMS = {
    "claims_not_taken": _("The seller takes no claims of this kind here. Ask its manager."),
    "claim_too_late": _("Such claims were taken until %(last)s. Ask the seller's manager."),
    "no_lines_claimed": _("Enter a quantity in at least one line."),
    "not_of_shipment": _("This line is not in the shipment."),
    "quantity_wrong": _("A quantity is above zero, with three digits after the comma at most."),
    "more_than_shipped": _("%(most)s at most: the rest was not shipped or is claimed already."),
    "claimed_meanwhile": _("Another claim covers %(name)s meanwhile."),
    "wish_unfit": _("This cannot be wished for here. Choose another outcome."),
    "line_undecided": _("Decide this line too."),
    "reason_missing": _("Say why less than claimed is granted: the buyer reads it."),
    "outcome_unfit": _("This does not fit the kind of the claim."),
    "more_than_claimed": _("From above zero to %(most)s."),
    "discount_wrong": _("The discount is a sum above zero, %(most)s at most."),
}


def problem_words(problem: Problem) -> str:
    """Why a claim or a line of it cannot be so."""
    return str(_PROBLEMS[problem.code]) % {name: _shown(name, value) for name, value in problem.params.items()}


def register() -> None:
    """Teach `zveno.ui` to speak of claims."""
    words.register(_SENTENCES)
    words.says("claim_problems")(_speak_of_problems)
    words.says("claim_moved")(_speak_of_moved)


def _speak_of_problems(fault: Fault) -> str:
    assert isinstance(fault, ClaimProblems)
    return " ".join(dict.fromkeys(problem_words(problem) for problem in fault.problems[:5]))


def _speak_of_moved(fault: Fault) -> str:
    from zveno.claims.shown import state_word

    assert isinstance(fault, ClaimMoved)
    state = state_word(str(fault.params["state"])).lower()
    return gettext("The claim %(number)s is in another state meanwhile: %(state)s. Reload the page.") % {
        "number": fault.params["number"],
        "state": state,
    }


def _shown(name: str, value: object) -> object:
    language = translation.get_language() or "en"
    if name == "last":
        return format_date(date.fromisoformat(str(value)), language)
    return format_number(Decimal(str(value)), language) if name in ("most", "claimed") else value


def _terms(told: Mapping[str, Any]) -> str:
    return gettext("Set the terms of claims: %(days)s days to answer.") % {"days": told.get("answer_days", "")}


deeds.register(
    {
        "claim_opened": _("Sent the claim %(number)s about the shipment %(shipment)s."),
        "claim_decided": _("Decided the claim %(number)s."),
        "claim_withdrawn": _("Took the claim %(number)s back."),
    },
    tones={"claim_opened": "info", "claim_decided": "good", "claim_withdrawn": "warn"},
)
deeds.says("claim_terms_set")(_terms)
