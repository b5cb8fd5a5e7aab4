"""Pasting a list of codes and quantities into the cart: the good part is added, the rest is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zveno.base.tx import in_transaction
from zveno.catalog.queries.orderable import OrderableProduct, products_by_code, products_like_code
from zveno.orders.actions.own_cart import own_cart, put_into
from zveno.orders.errors import NothingPasted
from zveno.orders.rules.lines import Problem, quantity_problem
from zveno.orders.rules.paste import PastedRow, Reading, read_block
from zveno.partners.queries.actors import Actor

# Looking for what was perhaps meant costs a query a row, so only the first doubtful rows get candidates.
_ROWS_WITH_CANDIDATES = 20
_CANDIDATES = 5

Found = Mapping[str, tuple[OrderableProduct, ...]]


@dataclass(frozen=True, slots=True)
class AddedLine:
    """A product that was added, with the sum of the rows that named it."""

    product: OrderableProduct
    quantity: Decimal
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row that was not added: its number from 1 as pasted, its text, why, and which products it may mean.

    `problem`: `unknown_code`, `several_products`, `no_quantity` (params `suggested`), or one of the quantity.
    """

    number: int
    text: str
    problem: Problem
    code: str
    quantity: Decimal | None
    candidates: tuple[OrderableProduct, ...]


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of a pasted block."""

    added: tuple[AddedLine, ...]
    doubts: tuple[DoubtfulRow, ...]


@in_transaction
def paste_lines(*, actor: Actor, seller_id: int, text: str) -> Pasted:
    """Read `text` (see `orders.rules.paste`), add what is clear to the cart, return what is not with its row number.

    A code means the seller's product with that article code or barcode, or with a code that the text contains as a
    word. The same product in several rows is summed. Raises NothingPasted and what `own_cart` raises.
    """
    rows = read_block(text)
    if not rows:
        raise NothingPasted()
    cart = own_cart(actor=actor, seller_id=seller_id)
    found = products_by_code(codes=_codes(rows), seller_id=seller_id)
    added: dict[int, AddedLine] = {}
    doubts = []
    for row in rows:
        reading, products = _meant(row, found)
        problem = _problem(reading, products)
        if problem:
            doubts.append(DoubtfulRow(row.number, row.text, problem, reading.code, reading.quantity, products))
        else:
            _gather(added, products[0], reading.quantity or Decimal(0), row.number)
    put_into(cart, {key: line.quantity for key, line in added.items()})
    return Pasted(tuple(added.values()), tuple(_with_candidates(doubts, seller_id)))


def _codes(rows: Sequence[PastedRow]) -> set[str]:
    readings = [reading for row in rows for reading in row.readings]
    return {code for reading in readings for code in (reading.code, *reading.code.split())}


def _meant(row: PastedRow, found: Found) -> tuple[Reading, tuple[OrderableProduct, ...]]:
    """The likeliest reading whose code exists; a code that is only a word of the cell comes second."""
    known = [(reading, found[reading.code]) for reading in row.readings if reading.code in found]
    if not known:
        known = [(r, found[w]) for r in row.readings for w in r.code.split() if w in found]
    if known:
        return max(known, key=lambda pair: pair[0].quantity is not None)
    with_quantity = [reading for reading in row.readings if reading.quantity is not None]
    return (with_quantity or row.readings)[0], ()


def _problem(reading: Reading, products: tuple[OrderableProduct, ...]) -> Problem | None:
    if not products:
        return Problem("unknown_code", {"code": reading.code})
    if len(products) > 1:
        return Problem("several_products", {"code": reading.code})
    if reading.quantity is None:
        return Problem("no_quantity", {"suggested": str(products[0].pack_quantity.normalize())})
    return quantity_problem(reading.quantity, products[0].pack_quantity)


def _gather(added: dict[int, AddedLine], product: OrderableProduct, quantity: Decimal, row: int) -> None:
    before = added.get(product.id)
    added[product.id] = AddedLine(
        product,
        (before.quantity if before else Decimal(0)) + quantity,
        (*(before.rows if before else ()), row),
    )


def _with_candidates(doubts: Sequence[DoubtfulRow], seller_id: int) -> Iterable[DoubtfulRow]:
    unknown = [doubt.code for doubt in doubts if not doubt.candidates][:_ROWS_WITH_CANDIDATES]
    like = products_like_code(fragments=dict.fromkeys(unknown), seller_id=seller_id, limit=_CANDIDATES)
    for doubt in doubts:
        yield DoubtfulRow(
            doubt.number,
            doubt.text,
            doubt.problem,
            doubt.code,
            doubt.quantity,
            doubt.candidates or like.get(doubt.code, ()),
        )
