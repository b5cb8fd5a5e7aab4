"""Which of a company's rules a requisition comes under, and why.

The head keeps the rules in an order; the first whose conditions all hold decides: it asks the people of its steps, or
lets the order go without asking. Where no rule holds, nobody is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zveno.kit.quantity import plain
from zveno.orders.rules.approval.steps import StepPlan

_ZERO = Decimal(0)


class Outcome(StrEnum):
    """What a rule does with what comes under it."""

    ASK = "ask"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a company. An empty condition holds for everything; without any the rule holds always.

    With `category_ids` the sum is that of the lines in these groups and below them. `tolerance_percent`: by how much
    prices may rise between approval and placing without asking again.
    """

    id: int
    name: str
    outcome: Outcome
    steps: tuple[StepPlan, ...] = ()
    min_total: Decimal | None = None
    currency: str = "RUB"
    category_ids: frozenset[int] = frozenset()
    author_ids: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    entity_ids: frozenset[int] = frozenset()
    seller_ids: frozenset[int] = frozenset()
    over_budget: bool = False
    over_credit: bool = False
    tolerance_percent: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class BudgetOver:
    """A budget that the order would go beyond: by `over`, `None` where the currencies cannot be compared."""

    name: str
    over: Decimal | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at. `lines`: the sum of each line with the groups it lies in, up to the root.

    `credit_over`: by how much the order goes beyond the credit limit, `None` when it does not. A program's key may be
    `exempt` by the head's setting.
    """

    total: Decimal
    currency: str
    author_id: int
    role: str
    entity_id: int
    seller_id: int
    lines: tuple[tuple[frozenset[int], Decimal], ...] = ()
    budgets_over: tuple[BudgetOver, ...] = ()
    credit_over: Decimal | None = None
    is_exempt: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a rule, and whether it held. `code`: `sum`, `category`, `author`, `role`, `entity`, `seller`,
    `budget`, `credit`; `always` for a rule without conditions.
    """

    code: str
    holds: bool
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A rule with its conditions. Those after the first that fails are told too: the reader sees the whole of it."""

    rule: Rule
    conditions: tuple[Condition, ...]

    @property
    def holds(self) -> bool:
        return all(condition.holds for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided and by what: `rule` is `None` when none holds or the key is exempt."""

    rule: Rule | None
    weighed: tuple[Weighed, ...]
    is_exempt: bool = False

    @property
    def asks(self) -> bool:
        return self.rule is not None and self.rule.outcome is Outcome.ASK

    @property
    def trace(self) -> list[dict[str, Any]]:
        """The verdict as plain values to be kept: each rule up to the one that decided, with its conditions."""
        if self.is_exempt:
            return [{"rule": "", "decides": True, "conditions": [{"code": "exempt", "holds": True, "params": {}}]}]
        return [
            {
                "rule": entry.rule.name,
                "decides": entry.rule is self.rule,
                "conditions": [{"code": c.code, "holds": c.holds, "params": c.params} for c in entry.conditions],
            }
            for entry in self.weighed
        ]


def pick_rule(rules: Sequence[Rule], facts: Facts) -> Verdict:
    """The first of `rules`, in the head's order, that holds for `facts`, with the trace of how it was found."""
    if facts.is_exempt:
        return Verdict(None, (), is_exempt=True)
    weighed: list[Weighed] = []
    for rule in rules:
        weighed.append(Weighed(rule, tuple(_conditions(rule, facts)) or (Condition("always", holds=True),)))
        if weighed[-1].holds:
            return Verdict(rule, tuple(weighed))
    return Verdict(None, tuple(weighed))


def needed_facts(rules: Iterable[Rule]) -> frozenset[str]:
    """Which costly facts any of the rules looks at: `category`, `budget`, `credit`."""
    found = set()
    for rule in rules:
        found |= {"category"} if rule.category_ids else set()
        found |= {"budget"} if rule.over_budget else set()
        found |= {"credit"} if rule.over_credit else set()
    return frozenset(found)


def _conditions(rule: Rule, facts: Facts) -> Iterator[Condition]:
    if rule.author_ids:
        yield Condition("author", facts.author_id in rule.author_ids)
    if rule.roles:
        yield Condition("role", facts.role in rule.roles, {"role": facts.role})
    if rule.entity_ids:
        yield Condition("entity", facts.entity_id in rule.entity_ids)
    if rule.seller_ids:
        yield Condition("seller", facts.seller_id in rule.seller_ids)
    if rule.category_ids:
        yield Condition("category", any(rule.category_ids & groups for groups, _ in facts.lines))
    if rule.min_total is not None:
        yield _sum_condition(rule, facts, rule.min_total)
    if rule.over_budget:
        yield _budget_condition(facts)
    if rule.over_credit:
        over = facts.credit_over
        yield Condition("credit", over is not None, {"over": _text(over), "currency": facts.currency} if over else {})


def _budget_condition(facts: Facts) -> Condition:
    if not facts.budgets_over:
        return Condition("budget", holds=False)
    worst = facts.budgets_over[0]
    told = {"over": _text(worst.over), "currency": facts.currency} if worst.over is not None else {}
    return Condition("budget", holds=True, params={"budget": worst.name, **told})


def _sum_condition(rule: Rule, facts: Facts, least: Decimal) -> Condition:
    total = facts.total
    if rule.category_ids:
        total = sum((amount for groups, amount in facts.lines if rule.category_ids & groups), _ZERO)
    told = {"total": _text(total), "least": _text(least), "currency": facts.currency}
    if facts.currency != rule.currency:
        # There is no rate here, and to ask is safer than to let pass.
        return Condition("sum", holds=True, params={**told, "least_currency": rule.currency})
    return Condition("sum", total >= least, told)


def _text(value: Decimal | None) -> str:
    return "" if value is None else str(plain(value))
