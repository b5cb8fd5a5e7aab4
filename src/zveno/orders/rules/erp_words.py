"""What a seller's accounting system says of an order, in plain values, and how it meets what is known here.

Quantities are in base units, sums after discounts, as the ERP counted them: its figures are the truth of the deal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from zveno.orders.rules.states import OrderState, may_become

_ZERO = Decimal(0)
# Sums counted per line here and per document there part by some kopecks; more than that is a change of price.
_ROUNDING = Decimal(1)


@dataclass(frozen=True, slots=True)
class ErpLine:
    """A line as the ERP has it; `price` is that of a unit after the discount: `total` is about price × quantity.

    `product_id` is `None` for what it sells and we do not know.
    """

    product_id: int | None
    quantity: Decimal
    price: Decimal
    total: Decimal
    name: str = ""
    code: str = ""
    unit: str = ""
    discount_percent: Decimal = _ZERO
    vat_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ErpShipment:
    """Goods that left under a paper, `tracking` is the carrier's number. `is_void`: it was cancelled or deleted."""

    number: str
    shipped_at: datetime
    lines: tuple[ErpLine, ...]
    total: Decimal | None = None
    currency: str = ""
    is_void: bool = False
    carrier: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class ErpPayment:
    """Money that came for the order."""

    number: str
    paid_on: date
    amount: Decimal
    currency: str = ""


class HasProduct(Protocol):
    """A line of either side."""

    @property
    def product_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


OursT = TypeVar("OursT", bound=HasProduct)


@dataclass(frozen=True, slots=True)
class StateVerdict:
    """What to do with a state the ERP tells: take it (`becomes`), or keep ours and note that it clashes."""

    becomes: OrderState | None
    clashes: bool


def judge_state(now: OrderState, told: OrderState | None) -> StateVerdict:
    """A state that lies ahead is taken; the same is no news; one that lies behind, or beyond an end, only noted."""
    if told is None or told is now:
        return StateVerdict(None, clashes=False)
    if may_become(now, told):
        return StateVerdict(told, clashes=False)
    return StateVerdict(None, clashes=True)


def pair_lines(
    ours: Sequence[OursT], told: Sequence[ErpLine]
) -> tuple[list[tuple[OursT, ErpLine]], list[OursT], list[ErpLine]]:
    """Pair lines of the same product (or, without one, of the same name) in their order.

    Returns the pairs, our lines that are gone, and the ERP's lines that are new.
    """
    waiting: defaultdict[object, list[OursT]] = defaultdict(list)
    for line in ours:
        waiting[_identity(line)].append(line)
    pairs, new = [], []
    for said in told:
        candidates = waiting[_identity(said)]
        if candidates:
            pairs.append((candidates.pop(0), said))
        else:
            new.append(said)
    gone = [line for lines in waiting.values() for line in lines]
    return pairs, sorted(gone, key=ours.index), new


def shipped_by_line(
    lines: Sequence[tuple[int, int | None, Decimal]], shipped: Iterable[tuple[int | None, Decimal]]
) -> dict[int, Decimal]:
    """How much of each order line (id, product, quantity) left, from what was shipped by product.

    A product on several lines fills them in their order; what goes beyond stays on the last.
    """
    by_product: defaultdict[int | None, Decimal] = defaultdict(Decimal)
    for product_id, quantity in shipped:
        by_product[product_id] += quantity
    found: dict[int, Decimal] = {}
    last_of: dict[int | None, int] = {product_id: line_id for line_id, product_id, _ in lines}
    for line_id, product_id, quantity in lines:
        rest = by_product[product_id]
        taken = rest if last_of[product_id] == line_id else min(rest, quantity)
        by_product[product_id] -= taken
        found[line_id] = taken
    return found


def is_rounding(before: Decimal, after: Decimal) -> bool:
    """Whether two sums differ only as roundings do."""
    return abs(before - after) < _ROUNDING


def free_name(wanted: str, on: date, is_taken: Callable[[str], bool]) -> str:
    """A number for an order born in the ERP, whose numbers begin anew each year: with the year, then with a count."""
    candidates = [wanted, f"{wanted}/{on.year}", *(f"{wanted}/{on.year}-{n}" for n in range(2, 1000))]
    return next(name for name in candidates if not is_taken(name))


def _identity(line: HasProduct) -> object:
    return line.product_id if line.product_id is not None else ("name", line.name)
