"""The lines a sell-out file holds, each with its place, and the rows that are no lines, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from zveno.kit.tables import Cell, Place

FIELDS = (
    "sold_on",
    "product_code",
    "article",
    "barcode",
    "product_name",
    "brand",
    "quantity",
    "unit",
    "price",
    "amount",
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
"""What a column, a constant or a group heading may mean. `product_code` is the sender's own code, `article` the
manufacturer's; `operation` says sale or return; `outlet` is the warehouse, branch or shop the sender sold from."""


@dataclass(slots=True)
class RawLine:
    """One sale as the sender tells it. Texts are trimmed, empty when absent; `quantity` is in `unit` after the factors,
    below zero for a return; `price` is per that unit; `amount` has the sign of the quantity.

    `is_return`: the sender's way of marking returns says so (see `Mapping.returns`). `raw` is the row as
    read, so every figure can be traced to its cell.
    """

    place: Place
    sold_on: date | None = None
    product_code: str = ""
    article: str = ""
    barcode: str = ""
    product_name: str = ""
    brand: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    amount: Decimal | None = None
    currency: str = ""
    customer_code: str = ""
    customer_name: str = ""
    customer_inn: str = ""
    customer_address: str = ""
    customer_region: str = ""
    document_number: str = ""
    operation: str = ""
    outlet: str = ""
    is_return: bool = False
    raw: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be read as its field; the row gives no line until the user decides.

    `code`: `not_a_number`, `not_a_date`, `missing`, `error_cell`. `value` is the cell's text.
    """

    place: Place
    code: str
    field: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no sale: `total`, `group`, `header`, `note`. A total keeps its figures for the control sum."""

    place: Place
    reason: str
    text: str = ""
    quantity: Decimal | None = None
    amount: Decimal | None = None


Item: TypeAlias = RawLine | Problem | Skipped
