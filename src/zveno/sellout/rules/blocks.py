"""Lines of a file column by column, a block of rows at a time: what storing and checking a long file works on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zveno.kit.tables import Cell, Place
from zveno.sellout.rules.lines import Item, Problem, RawLine, Skipped

TEXT_FIELDS = (
    "product_code",
    "article",
    "barcode",
    "product_name",
    "brand",
    "unit",
    "currency",
    "customer_code",
    "customer_name",
    "customer_inn",
    "customer_address",
    "customer_region",
    "document_number",
    "operation",
    "outlet",
)
"""The fields of a line that are texts."""


@dataclass(slots=True)
class Block:
    """Lines in the order of the file, one list a field, all of one length; see `RawLine` for what they hold.

    `others` are the rows between them that are no lines, each with the number of the block's lines before it.
    """

    sheet: str = ""
    rows: list[int] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in TEXT_FIELDS})
    sold_on: list[date | None] = field(default_factory=list)
    quantity: list[Decimal | None] = field(default_factory=list)
    price: list[Decimal | None] = field(default_factory=list)
    amount: list[Decimal | None] = field(default_factory=list)
    is_return: list[bool] = field(default_factory=list)
    raw: list[Sequence[Cell]] = field(default_factory=list)
    others: list[tuple[int, Problem | Skipped]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def line(self, at: int) -> RawLine:
        """The line at `at` by itself."""
        return RawLine(
            Place(self.sheet, self.rows[at], self.columns[at]),
            sold_on=self.sold_on[at],
            quantity=self.quantity[at],
            price=self.price[at],
            amount=self.amount[at],
            is_return=self.is_return[at],
            raw=self.raw[at],
            **{name: told[at] for name, told in self.texts.items()},
        )

    def items(self) -> Iterator[Item]:
        """Lines and other rows one by one, in the order of the file."""
        at = 0
        for before, other in self.others:
            for number in range(at, before):
                yield self.line(number)
            at = before
            yield other
        for number in range(at, len(self)):
            yield self.line(number)

    def worth(self, at: int) -> Decimal | None:
        """The money of a line: its amount, else price × quantity."""
        amount, price, quantity = self.amount[at], self.price[at], self.quantity[at]
        if amount is not None or price is None or quantity is None:
            return amount
        return price * quantity
