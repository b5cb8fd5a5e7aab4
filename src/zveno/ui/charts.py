"""A chart as a value: the figures are given once and shown twice, as a drawing and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from zveno.ui.navigation import Words


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures.

    `colour` 1–6 is the same for the same thing on every page; `dashed` is for what is not yet fact.
    """

    name: Words
    values: Sequence[Decimal | int | None]
    colour: int = 1
    kind: Literal["line", "bar"] = "line"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines, bars or both over the same labels.

    `unit` is written after figures; a currency code makes the table show money.
    """

    title: Words
    labels: Sequence[str]
    series: Sequence[Series]
    stacked: bool = False
    unit: str = ""
    currency: str = ""
    digits: int = 0

    def payload(self, unit: str) -> dict[str, object]:
        """What the drawing needs, in JSON's own types."""
        return {
            "labels": [str(label) for label in self.labels],
            "stacked": self.stacked,
            "unit": unit,
            "digits": self.digits,
            "series": [
                {
                    "name": str(one.name),
                    "values": [None if value is None else float(value) for value in one.values],
                    "colour": one.colour,
                    "kind": one.kind,
                    "dashed": one.dashed,
                }
                for one in self.series
            ],
        }

    def table(self) -> list[tuple[str, list[Decimal | int | None]]]:
        """Rows of the same figures: the label, then a value for each series."""
        return [(str(label), [one.values[at] for one in self.series]) for at, label in enumerate(self.labels)]
