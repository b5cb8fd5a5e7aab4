"""What a sheet shows besides its values: outline, hidden rows and columns, errors, indents, bold rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zveno.kit.tables import Cell, Row

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""Errors by the byte that binary workbooks keep for them."""


@dataclass(slots=True)
class Look:
    """What one pass over a sheet found. Rows from 1, columns from 0; `styles`: (indent, bold) of a row's first text."""

    last_row: int = 0
    last_column: int = 0
    levels: dict[int, int] = field(default_factory=dict)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    styles: dict[int, tuple[int, bool]] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether the values say everything."""
        return not (self.levels or self.errors or self.hidden or self.styles)

    def rows(self, values: Iterator[list[Cell]]) -> Iterator[Row]:
        """The rows with what is known of them beside their values; an error stands in its cell as Excel writes it."""
        if self.plain:
            for number, cells in enumerate(values, 1):
                yield Row(number, cells)
            return
        for number, cells in enumerate(values, 1):
            for index, told in self.errors.get(number, {}).items():
                if index < len(cells):
                    cells[index] = told
            indent, bold = self.styles.get(number, (0, False))
            yield Row(number, cells, self.levels.get(number, 0), number in self.hidden, indent, bold)
