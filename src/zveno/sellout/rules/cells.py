"""Columns of cells turned into values, each distinct cell once: what repeats down a column costs a look-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from zveno.kit.tables import Cell, is_empty
from zveno.sellout.rules.periods import period_of
from zveno.sellout.rules.values import day, number, text

_KEPT = 50_000
_DASHES = frozenset(("-", "–", "—", "н/д", "n/a"))
ERRORS = frozenset(
    (
        "#N/A",
        "#DIV/0!",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#Н/Д",
        "#ДЕЛ/0!",
        "#ССЫЛКА!",
        "#ЗНАЧ!",
        "#ИМЯ?",
        "#ЧИСЛО!",
        "#ПУСТО!",
    )
)
"""What Excel writes into a cell whose formula failed, in English and Russian."""

_LARGEST = Decimal(10) ** 12


class Bad:
    """A cell that cannot be read as its field; `code` is a problem's."""

    __slots__ = ("code",)

    def __init__(self, code: str) -> None:
        self.code = code


class Reading(dict[Cell, Any]):
    """Cell → value, filled as cells are met; forgets all when it has grown too large."""

    def read(self, cells: Sequence[Cell]) -> list[Any]:
        """The values of a column. True and 1 are equal keys and different cells: a column with truths is read one by
        one."""
        if len(self) > _KEPT:
            self.clear()
        if bool in set(map(type, cells)):
            return [self.value_of(cell) for cell in cells]
        return [self[cell] for cell in cells]

    def __missing__(self, cell: Cell) -> Any:
        value = self[cell] = self.value_of(cell)
        return value

    def value_of(self, cell: Cell) -> Any:
        """What one cell says."""
        raise NotImplementedError


class Texts(Reading):
    """Trimmed texts, replaced by `values` where these know them. A code that passed through a program that knows only
    floats loses its point: 17850.0 is 17850."""

    def __init__(self, *, is_code: bool, values: Mapping[str, str]) -> None:
        super().__init__()
        self._is_code, self._values = is_code, values

    def value_of(self, cell: Cell) -> str:
        told = text(cell)
        if self._is_code and told.endswith(".0") and len(told) > 5 and told[:-2].isdigit():
            told = told[:-2]
        return self._values.get(told, told)


class Numbers(Reading):
    """Decimals times `scale`; None for a blank or a dash; `Bad` for what is no number."""

    def __init__(self, *, decimal_mark: str, scale: Decimal) -> None:
        super().__init__()
        self._mark, self._scale = decimal_mark, scale

    def value_of(self, cell: Cell) -> Decimal | Bad | None:
        if is_empty(cell):
            return None
        value = number(cell, self._mark)
        if value is None:
            return None if text(cell).lower() in _DASHES else Bad(_error_of(cell, "not_a_number"))
        value = value if self._scale == 1 else value * self._scale
        return value if abs(value) < _LARGEST else Bad("too_large")


class Days(Reading):
    """Days; a period (a month, a week) is its last day; None for a blank; `Bad` for what is no day."""

    def __init__(self, *, order: str) -> None:
        super().__init__()
        self._order = order

    def value_of(self, cell: Cell) -> date | Bad | None:
        if is_empty(cell):
            return None
        found = day(cell, self._order)
        if found is None:
            span = period_of(cell)
            found = span.period.last_day if span and span.period else None
        return found or Bad(_error_of(cell, "not_a_date"))


def _error_of(cell: Cell, code: str) -> str:
    return "error_cell" if text(cell).upper() in ERRORS else code
