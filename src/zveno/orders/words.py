"""What can be wrong with carts and orders, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kit.errors import Fault
from zveno.orders.errors import LinesNotOrderable
from zveno.orders.labels import requisition_word
from zveno.ui import deeds, words
from zveno.ui.formats import format_date, format_number

_SENTENCES = {
    "product_not_offered": _("The seller does not offer this product to you now. Remove the line, or ask the manager."),
    "quantity_not_positive": _("The quantity must be above zero."),
    "quantity_too_large": _("Such a quantity cannot be ordered: %(largest)s at most."),
    "quantity_too_fine": _("At most %(places)s digits after the decimal point."),
    "not_whole_packs": _("Sold in packs of %(pack)s. The nearest quantity is %(nearest)s."),
    "wished_date_passed": _("%(on)s has passed already. Choose today or a later day."),
    "wished_date_too_far": _("%(on)s is too far ahead. The latest possible day is %(latest)s."),
    "nothing_to_order": _("The cart is empty. Add products, then place the order."),
    "too_many_lines": _("One order takes %(most)s lines at most. Split the list in two."),
    "several_currencies": _("The lines have prices in different currencies: %(currencies)s. Order them apart."),
    "nothing_pasted": _("No code was found in what was pasted. Copy two columns: code and quantity."),
    "no_terms": _("There are no terms with this seller for the chosen company today. Ask the seller's manager."),
    "words_missing": _("Say in a few words why: the buyer will read it."),
    "seller_not_found": _("You do not buy from such a seller."),
    "order_not_found": _("There is no such order, or it is not yours to see."),
    "need_not_found": _("There is no such need, or it is not yours to see."),
    "need_settled": _("Nothing is lacking for %(line)s any more: look at order %(number)s again."),
    "nothing_to_choose": _("It is not there any more for %(line)s. Choose something else, or ask the manager."),
    "warehouse_not_served": _("This warehouse does not ship to you. Choose another one, or none."),
    "cart_line_not_found": _("This line is not in the cart any more. Reload the page."),
    "not_your_order": _(
        "Order %(number)s was placed by %(placed_by)s: only they and the head of the company change it."
    ),
    "order_of_the_erp": _(
        "Order %(number)s was entered by the seller in its accounting system. Ask the seller's manager to change it."
    ),
    "role_orders_nothing": _("Your role may look but not order. Ask the head of your company."),
    "order_too_far_on": _("Order %(number)s has gone too far for this: it is “%(state)s” now."),
    "key_used_for_another_order": _("This key was used for order %(number)s with other content."),
    "cart_moved_on": _("The cart has changed in another window. Look at it again, then place the order."),
    "price_missing": _("No price yet for: %(lines)s. Set the prices in the accounting system, or reject the order."),
    "charge_out_of_range": _("Delivery is charged with a sum above zero, up to %(most)s."),
    "nothing_to_spread_over": _("No line has a price that delivery could be spread over: charge it as a line."),
    "not_enough_supply": _("There is not enough for: %(lines)s."),
    "requisition_not_found": _("There is no such requisition, or it is not yours to see."),
    "not_your_word": _("Requisition %(number)s waits for others now: %(names)s."),
    "not_your_requisition": _("Requisition %(number)s is %(author)s's: only they and the head do this."),
    "change_not_allowed": _("At this step you may approve or return, but not change the lines in this way."),
    "requisition_too_far_on": _("Requisition %(number)s has gone on meanwhile: it is “%(stands)s” now."),
    "requisition_changed": _("Requisition %(number)s has changed since you saw it. Look at it again, then decide."),
    "requisition_blocked": _(
        "Requisition %(number)s cannot be approved as it is: %(lines)s cannot be ordered any more. Remove what cannot"
        " be ordered, or return the requisition."
    ),
    "link_spent": _("This link was used already, or has run out. Sign in to see how the requisition stands."),
    "rule_without_steps": _("A rule that asks for approval needs a step, and each step somebody to ask."),
    "too_many_steps": _("A rule has %(most)s steps at most."),
    "rule_name_missing": _("Give the rule a name: people read it on the requisition."),
    "figure_wrong": _("A figure from %(least)s to %(most)s is needed here."),
    "person_unknown": _("Choose somebody or something of your own company."),
    "substitute_wrong": _("Choose another person, and a last day that does not lie before the first."),
    "budget_twice": _("There is such a budget already: change it instead."),
    "approval_thing_not_found": _("This is not there any more. Reload the page."),
    "unknown_code": _("“%(code)s” is not a code of this seller."),
    "several_products": _("“%(code)s” may mean several products. Choose one."),
    "no_quantity": _("How many? No quantity was given."),
}


def problem_words(code: str, params: Mapping[str, object]) -> str:
    """The sentence of a problem (a line's, a row's, the cart's) by its code; empty for an unknown one."""
    sentence = _SENTENCES.get(code)
    return str(sentence) % _shown(params) if sentence else ""


def register() -> None:
    """Let faults of this package speak."""
    for code in _SENTENCES:
        words.says(code)(_speak)
    words.says("lines_not_orderable")(_speak_of_lines)
    words.says("requisition_too_far_on")(_speak_of_decided)


def _speak(fault: Fault) -> str:
    return problem_words(fault.code, fault.params)


def _speak_of_lines(fault: Fault) -> str:
    assert isinstance(fault, LinesNotOrderable)
    told = [
        f"{problem.code or problem.name}: {problem_words(problem.problem.code, problem.problem.params)}"
        for problem in fault.problems[:5]
    ]
    more = len(fault.problems) - len(told)
    if more > 0:
        told.append(gettext("and %(count)s more lines") % {"count": more})
    return gettext("Some lines cannot be ordered. %(lines)s") % {"lines": "; ".join(told)}


def _speak_of_decided(fault: Fault) -> str:
    said = problem_words(fault.code, fault.params)
    by = fault.params.get("by")
    return f"{said} {gettext('Last to decide: %(by)s.') % {'by': by}}" if by else said


def _shown(params: Mapping[str, object]) -> dict[str, object]:
    return {name: _value(name, value) for name, value in params.items()}


def _value(name: str, value: object) -> object:
    from zveno.orders.shown import state_word

    language = translation.get_language() or "en"
    if name == "state":
        return state_word(str(value)).lower()
    if name == "stands":
        return requisition_word(str(value)).lower()
    if name in ("on", "latest", "wished", "earliest"):
        try:
            return format_date(date.fromisoformat(str(value)), language)
        except ValueError:
            return value
    if name in ("pack", "nearest", "largest", "suggested"):
        try:
            return format_number(Decimal(str(value)), language)
        except InvalidOperation:
            return value
    return value


deeds.register(
    {
        "requisition_sent": _("Sent requisition %(number)s for approval."),
        "requisition_approved": _("Approved requisition %(number)s."),
        "requisition_returned": _("Returned requisition %(number)s."),
        "requisition_declined": _("Declined requisition %(number)s."),
        "requisition_changed": _("Changed requisition %(number)s."),
        "requisition_taken_back": _("Took requisition %(number)s back to change it."),
        "requisition_withdrawn": _("Withdrew requisition %(number)s."),
        "requisition_passed_on": _("Requisition %(number)s passed to another person."),
        "requisition_placed": _("Requisition %(number)s became an order."),
        "approval_rule_made": _("Made the approval rule “%(name)s”."),
        "approval_rule_changed": _("Changed the approval rule “%(name)s”."),
        "approval_rule_moved": _("Changed the order of the approval rules: “%(name)s”."),
        "approval_rule_removed": _("Removed the approval rule “%(name)s”."),
        "approval_settings_changed": _("Changed the settings of approval."),
        "approval_budget_set": _("Set a budget."),
        "approval_budget_removed": _("Lifted a budget."),
        "approval_substitute_named": _("Named %(substitute)s as the substitute of %(person)s in approvals."),
        "approval_substitute_removed": _("Ended a substitution in approvals."),
        "order_placed": _("Placed the order %(number)s."),
        "order_cancelled": _("Cancelled the order %(number)s."),
        "order_confirmed": _("Confirmed the order %(number)s."),
        "order_rejected": _("Rejected the order %(number)s: %(words)s"),
        "need_dropped": _("Took what was lacking of %(line)s out of the order %(number)s: %(words)s"),
        "carrier_picked": _("Chose another carrier for the order %(number)s."),
    },
    tones={"order_placed": "info", "order_confirmed": "good", "order_cancelled": "warn", "order_rejected": "bad"},
)
