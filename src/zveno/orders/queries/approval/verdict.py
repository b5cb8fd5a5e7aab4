"""Whether an order must be approved first, by which rule and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from zveno.catalog.queries.groups import groups_of_products
from zveno.orders.queries.approval.budgets import budget_states, budgets_for
from zveno.orders.queries.approval.credit import credit_over
from zveno.orders.queries.approval.own_people import as_own_people
from zveno.orders.queries.approval.people import Circle, circle_of
from zveno.orders.queries.approval.rulebook import SettingsValue, rules_of, settings_of
from zveno.orders.rules.approval.budgets import budgets_over
from zveno.orders.rules.approval.picking import BudgetOver, Facts, Rule, Verdict, needed_facts, pick_rule
from zveno.orders.rules.approval.steps import StepPlan, open_seats, seats_of
from zveno.partners.queries.actors import Actor, TermsValue
from zveno.partners.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Asker:
    """In whose name an order is judged; `key_id` is that of the program that calls, `requisition_id` what it was."""

    user_id: int
    role: str
    company_id: int
    time_zone: str
    key_id: int | None = None
    requisition_id: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict with what it takes to carry it out. `waits_for`: the names of those who are asked first.

    `own_word`: the author alone could give every word that is needed, and may: nobody is asked.
    """

    verdict: Verdict
    settings: SettingsValue
    circle: Circle | None = None
    waits_for: tuple[str, ...] = ()
    own_word: bool = False

    @property
    def asks(self) -> bool:
        return self.verdict.asks and not self.own_word

    @property
    def steps(self) -> tuple[StepPlan, ...]:
        return self.verdict.rule.steps if self.verdict.rule else ()


def asker_of(actor: Actor, *, key_id: int | None = None) -> Asker:
    """The actor as rules see them; a seller's manager who acts for the company has that role, whatever theirs is."""
    role = Role.SELLER_MANAGER if actor.is_acting else actor.role
    return Asker(actor.user_id, role.value, actor.company_id, actor.time_zone, key_id)


def own_rules(company_id: int) -> tuple[Rule, ...]:
    """The company's rules, also for a seller's manager who acts for it. One SQL statement."""
    with as_own_people():
        return rules_of(company_id)


def judge(
    rules: Sequence[Rule],
    *,
    asker: Asker,
    terms: TermsValue,
    totals: Sequence[tuple[int, Decimal]],
    currency: str,
    now: datetime,
) -> Judged:
    """What `rules` say of an order of these products and sums by `terms`.

    One SQL statement, plus what the conditions look at, plus four for the people when somebody must be asked.
    """
    with as_own_people():
        settings = settings_of(asker.company_id)
        total = sum((amount for _, amount in totals), Decimal(0))
        needed = needed_facts(rules)
        verdict = pick_rule(
            rules,
            Facts(
                total=total,
                currency=currency,
                author_id=asker.user_id,
                role=asker.role,
                entity_id=terms.buyer_entity_id,
                seller_id=terms.seller_id,
                lines=_lines(totals, terms.seller_id) if "category" in needed else (),
                budgets_over=_budgets_over(asker, terms, total, currency, now) if "budget" in needed else (),
                credit_over=credit_over(terms=terms, total=total, currency=currency) if "credit" in needed else None,
                is_exempt=asker.key_id is not None and asker.key_id in settings.exempt_key_ids,
            ),
        )
        if not verdict.asks:
            return Judged(verdict, settings)
        return _with_people(verdict, settings, asker, terms.buyer_entity_id, now)


def _with_people(verdict: Verdict, settings: SettingsValue, asker: Asker, entity_id: int, now: datetime) -> Judged:
    assert verdict.rule is not None
    circle = circle_of(asker.company_id, today=now.astimezone(ZoneInfo(asker.time_zone)).date())
    own = settings.own_allowed and all(_own_word(circle, step, asker.user_id, entity_id) for step in verdict.rule.steps)
    held = circle.holders(
        verdict.rule.steps[0], entity_id=entity_id, author_id=asker.user_id, own_allowed=settings.own_allowed
    )
    names = dict.fromkeys(circle.name(holder.user_id) for seat in held.values() for holder in seat)
    return Judged(verdict, settings, circle, tuple(names), own_word=own)


def _own_word(circle: Circle, step: StepPlan, author_id: int, entity_id: int) -> bool:
    held = circle.holders(step, entity_id=entity_id, author_id=author_id, own_allowed=True)
    filled = [index for index, _ in seats_of(author_id, held, held)]
    return not open_seats(step, filled)


def _lines(totals: Sequence[tuple[int, Decimal]], seller_id: int) -> tuple[tuple[frozenset[int], Decimal], ...]:
    groups = groups_of_products(product_ids=[product_id for product_id, _ in totals], seller_id=seller_id)
    return tuple((groups.get(product_id, frozenset()), amount) for product_id, amount in totals)


def _budgets_over(
    asker: Asker, terms: TermsValue, total: Decimal, currency: str, now: datetime
) -> tuple[BudgetOver, ...]:
    budgets = budgets_for(company_id=asker.company_id, entity_id=terms.buyer_entity_id, author_id=asker.user_id)
    states = budget_states(
        budgets,
        company_id=asker.company_id,
        today=now.astimezone(ZoneInfo(asker.time_zone)).date(),
        time_zone=asker.time_zone,
        without=asker.requisition_id,
    )
    return budgets_over(states, total=total, currency=currency)
