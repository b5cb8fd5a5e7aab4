"""Words of approval for pages and letters: states, steps, rights, budgets, why a rule holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zveno.orders.rules.approval.budgets import BudgetPeriod, BudgetState
from zveno.orders.rules.approval.picking import Outcome, Rule
from zveno.orders.rules.approval.states import RequisitionState
from zveno.orders.rules.approval.steps import Change, StepPlan, WhenLate
from zveno.partners.labels import ROLE_LABELS
from zveno.partners.rules.roles import Role
from zveno.ui.formats import format_date, format_money
from zveno.ui.navigation import Tone, Words

REQUISITION_STATES: Mapping[str, tuple[Words, Tone]] = {
    RequisitionState.DRAFT: (pgettext_lazy("requisition", "Draft"), ""),
    RequisitionState.WAITING: (pgettext_lazy("requisition", "Waits for approval"), "warn"),
    RequisitionState.APPROVED: (pgettext_lazy("requisition", "Approved, being placed"), "active"),
    RequisitionState.PLACED: (pgettext_lazy("requisition", "Ordered"), "good"),
    RequisitionState.RETURNED: (pgettext_lazy("requisition", "Returned"), "warn"),
    RequisitionState.DECLINED: (pgettext_lazy("requisition", "Declined"), "bad"),
    RequisitionState.WITHDRAWN: (pgettext_lazy("requisition", "Withdrawn"), ""),
    RequisitionState.EXPIRED: (pgettext_lazy("requisition", "Expired"), ""),
}
OUTCOMES: Mapping[str, Words] = {
    Outcome.ASK: gettext_lazy("ask for approval"),
    Outcome.FREE: gettext_lazy("place without approval"),
}
WHEN_LATE: Mapping[str, Words] = {
    WhenLate.HEAD: gettext_lazy("to the head"),
    WhenLate.NEXT: gettext_lazy("to the next step"),
}
CHANGES: Mapping[str, Words] = {
    Change.NOTHING: gettext_lazy("nothing"),
    Change.LESS: gettext_lazy("only reduce quantities and remove lines"),
    Change.ANY: gettext_lazy("quantities up and down, and the wished date"),
}
PERIODS: Mapping[str, Words] = {
    BudgetPeriod.MONTH: gettext_lazy("calendar month"),
    BudgetPeriod.QUARTER: gettext_lazy("calendar quarter"),
}


def requisition_word(state: str) -> str:
    """The state in a word or two."""
    return str(REQUISITION_STATES[state][0]) if state in REQUISITION_STATES else state


def requisition_tone(state: str) -> Tone:
    """The colour of the state."""
    return REQUISITION_STATES[state][1] if state in REQUISITION_STATES else ""


def approver_role(role: str) -> str:
    """A role as the one who is asked: `Head`, `Accountant`."""
    return str(ROLE_LABELS[Role(role)]) if role in set(Role) else role


def author_role(role: str) -> str:
    """A role as an author's; a sales manager in a company that buys is the seller's, acting for it."""
    if role == Role.SELLER_MANAGER:
        return _("Sales manager, also the seller's who acts for us")
    return approver_role(role)


def budget_words(state: BudgetState) -> str:
    """`November 2026`, `1.10.2026 – 31.12.2026`: the time that the budget is for."""
    language = _language()
    first, last = state.period.starts_on, state.period.last_day
    if (first.year, first.month) == (last.year, last.month):
        return format_date(first, language, "month")
    return f"{format_date(first, language)} – {format_date(last, language)}"


def condition_words(condition: Mapping[str, Any]) -> str:
    """One condition of a rule and how it came out, as the trace of a verdict keeps it."""
    holds, told = bool(condition["holds"]), condition["params"]
    match condition["code"]:
        case "always":
            return _("holds for every order")
        case "exempt":
            return _("the program's key needs no approval")
        case "sum":
            return _sum_words(told, holds=holds)
        case "category":
            return _("has lines of the named groups") if holds else _("has no lines of the named groups")
        case "author":
            return _("the author is named in the rule") if holds else _("the author is not named in the rule")
        case "role":
            word = (
                _("the author's role, %(role)s, is named") if holds else _("the author's role, %(role)s, is not named")
            )
            return word % {"role": author_role(str(told.get("role", "")))}
        case "entity":
            return _("the legal entity is named") if holds else _("the legal entity is not named")
        case "seller":
            return _("the seller is named") if holds else _("the seller is not named")
        case "budget":
            return _budget_words(told) if holds else _("within every budget")
        case "credit":
            return _credit_words(told) if holds else _("within the credit limit")
    return str(condition["code"])


def _sum_words(told: Mapping[str, str], *, holds: bool) -> str:
    least_currency = told.get("least_currency", told["currency"])
    figures = {"total": _money(told["total"], told["currency"]), "least": _money(told["least"], least_currency)}
    if "least_currency" in told:
        return _("the sum %(total)s is in another currency than the rule's %(least)s, so it is asked") % figures
    if holds:
        return _("the sum %(total)s is not below %(least)s") % figures
    return _("the sum %(total)s is below %(least)s") % figures


def _budget_words(told: Mapping[str, str]) -> str:
    name = {"budget": told.get("budget", "")}
    if "over" not in told:
        return _("the budget of %(budget)s is in another currency, so it is asked") % name
    return _("the budget of %(budget)s is exceeded by %(over)s") % {
        **name,
        "over": _money(told["over"], told["currency"]),
    }


def _credit_words(told: Mapping[str, str]) -> str:
    return _("the credit limit is exceeded by %(over)s") % {"over": _money(told["over"], told["currency"])}


def _money(value: str, currency: str) -> str:
    return format_money(Decimal(value), currency, _language())


def _language() -> str:
    return translation.get_language() or "en"


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids in rules are called."""

    people: Mapping[int, str]
    entities: Mapping[int, str]
    sellers: Mapping[int, str]
    groups: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule in words: when it holds, what it does, and its steps."""

    when: tuple[str, ...]
    outcome: str
    steps: tuple[str, ...]


def rule_words(rule: Rule, names: Names) -> RuleWords:
    """The rule as its list shows it."""
    when = []
    if rule.min_total is not None:
        when.append(_("from %(sum)s") % {"sum": format_money(rule.min_total, rule.currency, _language())})
    for ids, known, word in (
        (rule.category_ids, names.groups, _("groups: %(names)s")),
        (rule.author_ids, names.people, _("authors: %(names)s")),
        (rule.entity_ids, names.entities, _("entities: %(names)s")),
        (rule.seller_ids, names.sellers, _("sellers: %(names)s")),
    ):
        if ids:
            when.append(word % {"names": ", ".join(sorted(known.get(id_, "—") for id_ in ids))})
    if rule.roles:
        when.append(_("roles: %(names)s") % {"names": ", ".join(author_role(role) for role in sorted(rule.roles))})
    if rule.over_budget:
        when.append(_("over a budget"))
    if rule.over_credit:
        when.append(_("over the credit limit"))
    return RuleWords(
        when=tuple(when) or (_("every order"),),
        outcome=str(OUTCOMES[rule.outcome]),
        steps=tuple(_step_words(step, names) for step in rule.steps),
    )


def _step_words(step: StepPlan, names: Names) -> str:
    asked = [approver_role(s.role) if s.role else names.people.get(s.user_id or 0, "—") for s in step.seats]
    text = (_(" and ") if step.needs_all else _(" or ")).join(asked)
    if step.deadline_hours:
        late = {"n": step.deadline_hours, "late": WHEN_LATE[step.when_late]}
        text += "; " + _("%(n)s h, then %(late)s") % late
    return text
