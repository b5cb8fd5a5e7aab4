"""What stands before a cart: the approval of the buyer's own company, by which rule and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zveno.orders.labels import condition_words
from zveno.orders.queries.approval.verdict import asker_of, judge, own_rules
from zveno.orders.queries.cart import CartPage
from zveno.portal.buying.sellers import Dealing


@dataclass(frozen=True, slots=True)
class Ahead:
    """An approval that a cart would need: the rule, who is asked first, and why in words.

    A seller's manager who acts for the company hears that there is one, and nothing else of it.
    """

    rule: str = ""
    names: str = ""
    why: tuple[str, ...] = ()


def approval_ahead(at: Dealing, page: CartPage) -> Ahead | None:
    """The approval that the cart needs as it is; `None` when it needs none. One statement where there are no rules."""
    rules = own_rules(at.actor.company_id) if page.lines else ()
    if not rules:
        return None
    judged = judge(
        rules,
        asker=asker_of(at.actor),
        terms=at.terms,
        totals=[(line.product_id, line.total or Decimal(0)) for line in page.lines],
        currency=page.currency,
        now=at.now,
    )
    if not judged.asks or judged.verdict.rule is None:
        return None
    if at.actor.is_acting:
        return Ahead()
    conditions = judged.verdict.trace[-1]["conditions"]
    return Ahead(
        rule=judged.verdict.rule.name,
        names=", ".join(judged.waits_for),
        why=tuple(condition_words(one) for one in conditions if one["code"] != "always"),
    )
