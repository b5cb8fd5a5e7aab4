"""Parquet through polars, read in slices."""

from __future__ import annotations

from collections.abc import Iterator

import polars

from zveno.base.tabular.archives import Source, open_source
from zveno.base.tabular.faults import FileBroken
from zveno.kit.tables import Row, Sheet, Workbook

_SLICE = 50_000


def read_parquet(source: Source, name: str) -> Workbook:
    """One sheet; row 1 names the columns. Raises `FileBroken`."""
    try:
        frame = polars.read_parquet(open_source(source))
    except (polars.exceptions.PolarsError, OSError) as error:
        raise FileBroken(place=name, reason=str(error)) from error

    def rows() -> Iterator[Row]:
        yield Row(1, frame.columns)
        for number, values in enumerate(frame.iter_rows(buffer_size=_SLICE), 2):
            yield Row(number, values)

    return Workbook(name, "parquet", (Sheet(name, rows),))
