"""Two years of settlements: what each shipment became in the books of its seller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from zveno.demo.rules.parties import DISTRIBUTORS, Terms
from zveno.demo.rules.trade import Delivery, Sale, deliveries

_CENT = Decimal("0.01")


class Paper(NamedTuple):
    """A document of the ledger; `amount` as the paper states it, `settles` the id of what it settles by the books."""

    terms: Terms
    kind: str
    external_id: str
    number: str
    issued_on: date
    due_on: date
    amount: Decimal
    order: int | None = None
    settles: str = ""
    note: str = ""


def papers(history: Sequence[Sale], all_terms: Sequence[Terms], *, began_on: date, today: date) -> Iterator[Paper]:
    """Every document until yesterday: opening balances, shipments, payments whole, in parts, late or never, returns,
    corrections, advances.
    """
    for at, terms in enumerate(all_terms, 1):
        yield from _opening(at, terms, began_on)
        if at % 17 == 5:
            yield _advance(at, terms, today)
    for at, sale, delivery in deliveries(history):
        if delivery.shipped_on < today:
            yield _shipment(at, sale, delivery)
            yield from (paper for paper in _after(at, sale, delivery) if paper.issued_on < today)


def _opening(at: int, terms: Terms, began_on: date) -> Iterator[Paper]:
    """What stood in the books before, and its payment soon after."""
    if at % 3:
        return
    amount = _cents(terms.credit_limit / (20 + at % 7))
    due_on = began_on + timedelta(days=terms.delay_days)
    opening = f"НО-{at:06d}"
    yield Paper(terms, "opening", opening, f"НО-{at}", began_on, due_on, amount, note="Ввод начальных остатков")
    yield Paper(terms, "payment", f"ПО-{at:06d}", f"ПО-{at}", due_on, due_on, amount, settles=opening)


def _advance(at: int, terms: Terms, today: date) -> Paper:
    day = today - timedelta(days=1 + at % 5)
    amount = _cents(terms.credit_limit / 40)
    return Paper(terms, "advance", f"АВ-{at:06d}", f"АВ-{at}", day, day, amount, note="Предоплата по договору")


def _shipment(at: int, sale: Sale, delivery: Delivery) -> Paper:
    due_on = delivery.shipped_on + timedelta(days=sale.terms.delay_days)
    return Paper(
        sale.terms, "shipment", shipment_id(at), f"РТУ-{at:07d}", delivery.shipped_on, due_on, delivery.total, sale.id
    )


def shipment_id(at: int) -> str:
    """How the books know the shipment."""
    return f"rtu-{at:07d}"


def _after(at: int, sale: Sale, delivery: Delivery) -> Iterator[Paper]:
    terms, owed = sale.terms, delivery.total
    if at % 29 == 0:
        # Of a tenth the buyer thinks better.
        day, back = delivery.shipped_on + timedelta(days=6), _cents(delivery.total / 10)
        yield Paper(terms, "return", f"voz-{at:07d}", f"ВТ-{at:06d}", day, day, back, sale.id, note="Возврат по акту")
        owed -= back
    if at % 97 == 0:
        day, less = delivery.shipped_on + timedelta(days=12), _cents(delivery.total / 50)
        yield Paper(
            terms, "correction", f"ukd-{at:07d}", f"УКД-{at:05d}", day, day, -less, sale.id, shipment_id(at),
            "Исправление цены",
        )  # fmt: skip
        owed -= less
    yield from _payments(at, sale, delivery, owed)


def _payments(at: int, sale: Sale, delivery: Delivery, owed: Decimal) -> Iterator[Paper]:
    terms, day = sale.terms, delivery.paid_on
    if at % 211 == 0 and terms.buyer not in DISTRIBUTORS:
        return
    # Every ninth payment names no order: the oldest debt is settled by it.
    order = None if at % 9 == 0 else sale.id
    number = f"ПП-{at:06d}"
    if at % 37 == 0:
        first = _cents(owed * Decimal("0.6"))
        yield Paper(terms, "payment", f"pp-{at:07d}-1", number, day, day, first, order)
        later = day + timedelta(days=10)
        yield Paper(terms, "payment", f"pp-{at:07d}-2", f"{number}/2", later, later, owed - first, order)
        return
    told = shipment_id(at) if at % 5 == 0 else ""
    yield Paper(terms, "payment", f"pp-{at:07d}", number, day, day, owed, order, told)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
