"""The columns that a price list may have, and how they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """A column of a price list, in the order in which they stand."""

    CODE = "code"
    NAME = "name"
    BRAND = "brand"
    GROUP = "group"
    BARCODE = "barcode"
    UNIT = "unit"
    PACK = "pack"
    PRICE = "price"
    LIST_PRICE = "list_price"
    DISCOUNT = "discount"
    CURRENCY = "currency"
    VAT = "vat"
    FREE = "free"
    ARRIVES_ON = "arrives_on"
    ARRIVES = "arrives"
    PICTURE = "picture"


class Format(StrEnum):
    """What a price list is written as."""

    XLSX = "xlsx"
    CSV = "csv"


USUAL = (Column.CODE, Column.NAME, Column.BRAND, Column.UNIT, Column.PACK, Column.PRICE, Column.CURRENCY, Column.FREE)
_STOCK = frozenset({Column.FREE, Column.ARRIVES_ON, Column.ARRIVES})


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a price list is wanted. `only_free`: goods that lie free now alone; `group_id`: a group and all below."""

    columns: tuple[Column, ...] = USUAL
    only_free: bool = False
    group_id: int | None = None
    # What stands before and after a picture's number in its address; empty: no addresses.
    picture_before: str = ""
    picture_after: str = ""

    @property
    def needs_stock(self) -> bool:
        """Whether stock is read at all."""
        return self.only_free or any(column in _STOCK for column in self.columns)


def columns_of(told: Iterable[str]) -> tuple[Column, ...]:
    """The told columns in their own order, unknown ones left out; the usual ones where none is left."""
    wanted = set(told)
    return tuple(column for column in Column if column.value in wanted) or USUAL
