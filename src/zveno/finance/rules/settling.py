"""What is settled by what within one account.

First what the accounting system says, then documents of the same order, then the oldest debt first (article 319.1 of
the Civil Code). The result depends on the documents alone, not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zveno.finance.rules.documents import Settles

# Raised when the rule changes: accounts settled by an earlier one are settled anew.
RULE = 1
_ZERO = Decimal(0)


class Basis(StrEnum):
    """Why a pair stands."""

    TOLD = "told"
    ORDER = "order"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as settling sees it. `key` orders documents of one day, alike however they came."""

    id: int
    key: str
    change: Decimal
    issued_on: date
    due_on: date
    order_id: int | None = None
    external_id: str = ""
    settles: tuple[Settles, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """So much of a debt is settled by a document that lowers it."""

    debt_id: int
    credit_id: int
    amount: Decimal
    basis: Basis


@dataclass(frozen=True, slots=True)
class Settled:
    """The pairs, and what is left of each document: above zero owed, below zero not used yet."""

    pairs: tuple[Pair, ...]
    rest: Mapping[int, Decimal]


def settle(entries: Iterable[Entry]) -> Settled:
    """Allocate. The rests add up to the balance, and never is a debt open while a payment is unused."""
    every = sorted(entries, key=lambda one: (one.issued_on, one.key))
    rest = {one.id: one.change for one in every}
    debts = sorted((one for one in every if one.change > 0), key=lambda one: (one.due_on, one.issued_on, one.key))
    credits = [one for one in every if one.change < 0]
    pairs: list[Pair] = []

    def pay(debt: Entry, credit: Entry, most: Decimal | None, basis: Basis) -> None:
        amount = min(rest[debt.id], -rest[credit.id])
        amount = amount if most is None else min(amount, most)
        if amount > 0:
            rest[debt.id] -= amount
            rest[credit.id] += amount
            pairs.append(Pair(debt.id, credit.id, amount, basis))

    _as_told(every, pay)
    _by_order(debts, credits, pay)
    _oldest_first(debts, credits, rest, pay)
    return Settled(_merged(pairs), rest)


_Pay = Callable[[Entry, Entry, Decimal | None, Basis], None]


def _as_told(every: Sequence[Entry], pay: _Pay) -> None:
    by_external = {one.external_id: one for one in every if one.external_id}
    for one in every:
        for told in sorted(one.settles, key=lambda s: (s.external_id, s.amount or _ZERO)):
            other = by_external.get(told.external_id)
            if other is not None and other.change * one.change < 0:
                debt, credit = (one, other) if one.change > 0 else (other, one)
                pay(debt, credit, abs(told.amount) if told.amount is not None else None, Basis.TOLD)


def _by_order(debts: Sequence[Entry], credits: Sequence[Entry], pay: _Pay) -> None:
    of_order: dict[int, list[Entry]] = {}
    for debt in debts:
        if debt.order_id is not None:
            of_order.setdefault(debt.order_id, []).append(debt)
    for credit in credits:
        for debt in of_order.get(credit.order_id, ()) if credit.order_id is not None else ():
            pay(debt, credit, None, Basis.ORDER)


def _oldest_first(debts: Sequence[Entry], credits: Sequence[Entry], rest: dict[int, Decimal], pay: _Pay) -> None:
    at = 0
    for credit in credits:
        while rest[credit.id] < 0 and at < len(debts):
            pay(debts[at], credit, None, Basis.OLDEST)
            if rest[debts[at].id] <= 0:
                at += 1


def _merged(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """One row for a pair of documents, by the first reason it had."""
    found: dict[tuple[int, int], Pair] = {}
    for pair in pairs:
        key = (pair.debt_id, pair.credit_id)
        before = found.get(key)
        amount = pair.amount + (before.amount if before else _ZERO)
        found[key] = Pair(pair.debt_id, pair.credit_id, amount, before.basis if before else pair.basis)
    return tuple(found.values())
