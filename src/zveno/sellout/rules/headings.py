"""Rows that are no sales put aside: totals, headings of groups, blank rows; what the headings say kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zveno.kit.tables import Cell, Row, column_index, is_empty
from zveno.sellout.rules.mapping import Mapping
from zveno.sellout.rules.values import text
from zveno.sellout.rules.words import is_total


@dataclass(slots=True)
class NoLines:
    """Some rows of a file sorted out: `rows` may be sales; `told` is what the headings above each of them say, by
    field; `others` are the rest: how many of `rows` stand before, the row, the reason (`total`, `group`)."""

    rows: list[Row] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)
    others: list[tuple[int, Row, str]] = field(default_factory=list)


class Headings:
    """Sorts out the rows of one sheet as they come; remembers the headings that hold for the rows to come."""

    def __init__(self, mapping: Mapping) -> None:
        groups = mapping.groups
        self._first_row = mapping.first_row
        self._mode = groups.mode
        self._fields = groups.fields
        self._column = column_index(groups.column)
        self._detail = [column_index(letters) for letters in groups.detail]
        self._stack: dict[int, str] = {}
        self._after_heading = False
        self._held: Row | None = None
        self._totals: dict[Cell, bool] = {}

    def sort_out(self, rows: Sequence[Row]) -> NoLines:
        """The next rows, in the order of the file. Where levels tell headings, the last row waits for the next."""
        found = NoLines(told={name: [] for name in self._fields if name})
        levelled = self._mode in ("outline", "indent")
        for row in rows:
            if row.number < self._first_row:
                continue
            lead = row.values[0] if row.values else None
            if is_empty(lead):
                lead = next((cell for cell in row.values if not is_empty(cell)), None)
                if lead is None:
                    continue
            if not levelled:
                self._sort(row, lead, 0, found)
            else:
                if self._held is not None:
                    self._sort(self._held, _lead(self._held), self._level(row), found)
                self._held = row
        return found

    def rest(self) -> NoLines:
        """The row that waited, once there is no next one."""
        found = NoLines(told={name: [] for name in self._fields if name})
        if self._held is not None:
            self._sort(self._held, _lead(self._held), 0, found)
            self._held = None
        return found

    def _level(self, row: Row) -> int:
        return row.level if self._mode == "outline" else row.indent

    def _sort(self, row: Row, lead: Cell, next_level: int, found: NoLines) -> None:
        if type(lead) is str:
            total = self._totals.get(lead)
            if total is None:
                total = self._totals[lead] = is_total(lead.lstrip())
            if total:
                found.others.append((len(found.rows), row, "total"))
                return
        if self._mode != "none" and self._is_heading(row, next_level):
            found.others.append((len(found.rows), row, "group"))
            return
        self._after_heading = False
        found.rows.append(row)
        if self._fields:
            self._note(found)

    def _is_heading(self, row: Row, next_level: int) -> bool:
        """Whether the row heads those below it; what it says is kept by its level. Headings without levels nest where
        one stands right under another."""
        if self._mode == "blank":
            values = row.values
            if any(at < len(values) and not is_empty(values[at]) for at in self._detail):
                return False
            level = len(self._stack) if self._after_heading else max(len(self._stack) - 1, 0)
            level = min(level, max(len(self._fields) - 1, 0))
            self._after_heading = True
        else:
            level = self._level(row)
            if next_level <= level:
                return False
        told = text(row.values[self._column]) if self._column < len(row.values) else ""
        self._stack = {depth: words for depth, words in self._stack.items() if depth < level}
        self._stack[level] = told
        return True

    def _note(self, found: NoLines) -> None:
        said: dict[str, str] = {}
        for place, level in enumerate(sorted(self._stack)):
            at = level if self._mode == "outline" else place
            name = self._fields[min(at, len(self._fields) - 1)]
            if name and self._stack[level]:
                said.setdefault(name, self._stack[level])
        for name, told in found.told.items():
            told.append(said.get(name, ""))


def _lead(row: Row) -> Cell:
    return next((cell for cell in row.values if not is_empty(cell)), None)
