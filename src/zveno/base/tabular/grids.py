"""Record trees flattened to sheets: the repeating record is found, nested values get dotted names.

Shared by XML and JSON. A record set is a path whose nodes repeat; its score is count × fields², counting the fields of
the records around it that are carried down: lines win over the documents that hold them. A bag of name and value pairs
is no record set to prefer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from zveno.kit.tables import Cell, Row, Sheet

Path: TypeAlias = tuple[str, ...]
Pairs: TypeAlias = list[tuple[str, Cell]]

_FEWEST_OF_BEST = 0.02
_VALUE = frozenset(("value", "значение", "val"))
_NAME = frozenset(("name", "id", "key", "code", "наименование", "ид", "title"))


@dataclass(slots=True)
class Found:
    """A path seen while looking through: how often, under how many parents, with which leaf fields in order."""

    count: int = 0
    fields: dict[str, None] = field(default_factory=dict)

    @property
    def is_bag(self) -> bool:
        """Whether its records are names with values."""
        names = {name.lower() for name in self.fields}
        return len(names) <= 4 and bool(names & _VALUE) and bool(names & _NAME)


def record_sets(found: dict[Path, Found]) -> list[Path]:
    """Paths worth a sheet, best first: those that repeat and have fields; the best alone if nothing repeats."""
    repeating = {path for path, seen in found.items() if seen.fields and seen.count > 1}
    worthy = repeating or {path for path, seen in found.items() if seen.fields}
    scores = {path: _score(path, found) for path in worthy}
    ranked = sorted(worthy, key=lambda path: (-scores[path], len(path)))
    if not repeating:
        return ranked[:1]
    return [path for path in ranked if scores[path] >= scores[ranked[0]] * _FEWEST_OF_BEST][:20]


def _score(path: Path, found: dict[Path, Found]) -> float:
    seen = found[path]
    around = [found[path[:depth]] for depth in range(1, len(path)) if path[:depth] in found]
    fields = len(seen.fields) + sum(len(outer.fields) for outer in around if outer.count > 1)
    return seen.count * fields**2 * (0.01 if seen.is_bag else 1.0)


def sheet_of_records(name: str, records: Callable[[], Iterator[Pairs]]) -> Sheet:
    """A sheet whose first row names the columns and whose other rows are the records, in the order they stand.

    Columns are those met in the whole set, so the records are walked twice.
    """
    columns: dict[str, int] = {}

    def rows() -> Iterator[Row]:
        if not columns:
            for pairs in records():
                for key, _ in pairs:
                    columns.setdefault(key, len(columns))
        yield Row(1, list(columns))
        for number, pairs in enumerate(records(), 2):
            values: list[Cell] = [None] * len(columns)
            for key, value in pairs:
                index = columns[key]
                held = values[index]
                values[index] = value if held is None else f"{held}; {value}"
            yield Row(number, values)

    return Sheet(name, rows)
