"""What a report means under the mapping as chosen so far, from the first rows of its file: seen while choosing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock

from zveno.base import files
from zveno.base.scope import current
from zveno.base.tabular.reading import read_workbook
from zveno.catalog.queries.names import range_of, range_stamp
from zveno.kit.tables import Row
from zveno.sellout.learned import trained
from zveno.sellout.models import CodeMapping, Report
from zveno.sellout.queries.reports import told_period
from zveno.sellout.rules.applying import apply_mapping
from zveno.sellout.rules.choosing import missing_fields
from zveno.sellout.rules.mapping import Mapping
from zveno.sellout.rules.matching import Asked, Match, Product, ProductIndex, Verdict, own_keys
from zveno.sellout.rules.summary import Summary, summarise

ROWS_READ = 5_000
_FILES_KEPT = 4


@dataclass(frozen=True, slots=True)
class Preview:
    """The summary of the first rows; `whole` when these are all. `starts_on` and `last_day` are the report's period if
    it was told, else the days of the lines."""

    summary: Summary
    rows: int
    whole: bool
    starts_on: date | None
    last_day: date | None
    unknown: int
    missing: tuple[str, ...]


def preview_summary(report: Report) -> Preview:
    """What the first 5,000 rows of the report's file mean under its mapping. Three statements.

    Rows and the manufacturer's range are kept in memory between calls, so a choice is answered at once. Raises the
    faults of reading a file.
    """
    mapping = Mapping.from_json(report.mapping or {})
    rows, whole = _first_rows(report, mapping.sheet)
    told = told_period(report)
    makers = tuple((report.proposal or {}).get("makers", ()))
    summary = summarise(apply_mapping(rows, mapping), _matcher(report.distributor_id, makers))
    return Preview(
        summary=summary,
        rows=len(rows),
        whole=whole,
        starts_on=told.starts_on if told else summary.first_day,
        last_day=told.last_day if told else summary.last_day,
        unknown=len(summary.unmatched),
        missing=tuple(missing_fields(mapping)),
    )


_rows_kept: OrderedDict[tuple[str, str], tuple[list[Row], bool]] = OrderedDict()
_lock = Lock()


def _first_rows(report: Report, sheet: str) -> tuple[list[Row], bool]:
    key = (report.file.sha256, sheet)
    with _lock:
        if key in _rows_kept:
            _rows_kept.move_to_end(key)
            return _rows_kept[key]
    with files.on_disk(report.file) as path:
        found = read_workbook(path, report.file.name)[sheet].head(ROWS_READ + 1)
    kept = (found[:ROWS_READ], len(found) <= ROWS_READ)
    with _lock:
        _rows_kept[key] = kept
        while len(_rows_kept) > _FILES_KEPT:
            _rows_kept.popitem(last=False)
    return kept


def _matcher(distributor_id: int, makers: tuple[int, ...]) -> Callable[[Asked], Match | None]:
    """Looks a product up the way taking the lines will: the distributor's own codes first."""
    remembered = CodeMapping.objects.visible_to(current()).filter(distributor_id=distributor_id, replaced_at=None)
    own = dict(remembered.values_list("key", "product_id"))
    resolve = _resolver(makers, range_stamp(makers))

    def match(asked: Asked) -> Match | None:
        for key in own_keys(asked):
            if key[:300] in own:
                return Match(Verdict.CERTAIN, own[key[:300]], 1.0, "own_map")
        return resolve(asked)

    return match


@lru_cache(maxsize=2)
def _resolver(makers: tuple[int, ...], stamp: str) -> Callable[[Asked], Match]:
    """Verdicts by the manufacturer's range as it is at `stamp`; each distinct question is settled once."""
    index = ProductIndex((Product(p.id, p.code, p.name, p.barcodes, p.brand) for p in range_of(makers)), trained())
    return lru_cache(maxsize=50_000)(index.resolve)
