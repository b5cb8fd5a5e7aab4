"""Record trees flattened to sheets: the repeating record is found, nested values get dotted names.

Shared by XML and JSON. A record set is a path whose nodes repeat; its score is count × fields², so that lines win over
the documents that hold them and over the properties they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from zveno.kit.tables import Cell, Row, Sheet

Path: TypeAlias = tuple[str, ...]
Pairs: TypeAlias = list[tuple[str, Cell]]

_FEWEST_OF_BEST = 0.02


@dataclass(slots=True)
class Found:
    """A path seen while looking through: how often, under how many parents, with which leaf fields in order."""

    count: int = 0
    fields: dict[str, None] = field(default_factory=dict)

    @property
    def score(self) -> int:
        return self.count * len(self.fields) ** 2


def record_sets(found: dict[Path, Found]) -> list[Path]:
    """Paths worth a sheet, best first: those that repeat and have fields; the best alone if nothing repeats."""
    worthy = {path: seen for path, seen in found.items() if seen.fields and seen.count > 1}
    if not worthy:
        worthy = {path: seen for path, seen in found.items() if seen.fields}
        ranked = sorted(worthy, key=lambda path: (-worthy[path].score, len(path)))
        return ranked[:1]
    ranked = sorted(worthy, key=lambda path: (-worthy[path].score, len(path)))
    least = worthy[ranked[0]].score * _FEWEST_OF_BEST
    return [path for path in ranked if worthy[path].score >= least][:20]


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
