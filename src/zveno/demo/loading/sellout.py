"""Rows of sell-out: the distributors' files as they came, their lines, the layouts and code maps remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from zveno.base import files
from zveno.base.models import StoredFile
from zveno.base.scope import entered, system_scope
from zveno.base.tabular.reading import read_workbook
from zveno.demo.books import COLUMNS, file_name, first_row, sheet_name, write_book
from zveno.demo.loading.bulk import Unchecked, as_json, copy_rows
from zveno.demo.loading.goods import OWNER, midnight
from zveno.demo.rules.parties import DISTRIBUTORS, OPERATOR
from zveno.demo.rules.sellout import Month, Sold, own_code, own_name
from zveno.demo.rules.underway import month_under_way
from zveno.demo.world import World
from zveno.kit.tables import Place
from zveno.sellout.actions.read_layout import read_layout
from zveno.sellout.actions.take_lines import take_lines
from zveno.sellout.models import Report
from zveno.sellout.rules.fitting import propose_mapping
from zveno.sellout.rules.layouts import likeliest, survey
from zveno.sellout.rules.lines import RawLine
from zveno.sellout.rules.mapping import Mapping
from zveno.sellout.rules.matching import asked_of, own_key
from zveno.sellout.rules.timeliness import due_on

# The third distributor is always late, the fourth owes its last month; the second has sent part of this month already.
EARLY, LATE, OWING = DISTRIBUTORS[1], DISTRIBUTORS[2], DISTRIBUTORS[3]


def load(world: World) -> int:
    """Every report but the last ones that are still open; returns how many lines."""
    months = [month for month in world.sold_on if not _is_owed(world, month)]
    stored = [_keep(world, month) for month in months]
    mappings = {at: _layout(world, at, months, stored) for at in DISTRIBUTORS}
    _code_map(world)
    copy_rows("sellout.Report", _REPORT, _reports(world, months, stored, mappings))
    with Unchecked("sellout.ReportLine"):
        count = copy_rows("sellout.ReportLine", _LINE, _lines(months))
    _take_in_early(world)
    return count


def _take_in_early(world: World) -> None:
    """A report of the month under way, read by the house's own actions: it waits for answers about strange codes."""
    month = month_under_way(world.sold_on, distributor=EARLY, today=world.today, most=900)
    sent_at = world.now - timedelta(hours=2)
    file = files.keep(pieces=[write_book(month)], name=file_name(month), now=sent_at, company_id=EARLY)
    report = Report.objects.create(
        distributor_id=EARLY, file=file, state="reading", uploaded_by_id=reporter(world, EARLY), uploaded_at=sent_at
    )
    with entered(system_scope("sell-out")):
        if read_layout(report_id=report.pk, now=sent_at):
            take_lines(report_id=report.pk, task_id=None, now=sent_at)


def reporter(world: World, distributor: int) -> int:
    """Who uploads the distributor's reports."""
    return next(person.id for person in world.people if person.company == distributor and person.role == "head")


def _is_owed(world: World, month: Month) -> bool:
    return month.distributor == OWING and month.ends_on == world.today.replace(day=1)


def _uploaded_at(world: World, month: Month) -> datetime:
    due = due_on(month.starts_on)
    days = 6 if month.distributor == LATE else -4 + month.starts_on.month % 3
    at = datetime.combine(due + timedelta(days=days), time(8, 12 + month.distributor), UTC)
    return min(at, world.now - timedelta(hours=month.distributor))


def _keep(world: World, month: Month) -> StoredFile:
    return files.keep(
        pieces=[write_book(month)],
        name=file_name(month),
        now=_uploaded_at(world, month),
        company_id=month.distributor,
    )


def _layout(world: World, distributor: int, months: Sequence[Month], stored: Sequence[StoredFile]) -> Mapping:
    """How the distributor's files are read, found by the house's own rules on its first file."""
    first = next(at for at, month in enumerate(months) if month.distributor == distributor)
    with files.on_disk(stored[first]) as path:
        layout = likeliest(survey(read_workbook(path, stored[first].name)))
    assert layout is not None
    mapping = propose_mapping(layout)
    told = {source.field: source.column for source in mapping.sources}
    assert told == COLUMNS[distributor], (distributor, told)
    uploads = [_uploaded_at(world, month) for month in months if month.distributor == distributor]
    copy_rows(
        "sellout.Layout",
        ("distributor_id", "signature", "header", "mapping", "created_by_id", "created_at", "used_at", "uses"),
        [(distributor, mapping.signature, as_json([list(pair) for pair in mapping.header]),
          as_json(mapping.to_json()), reporter(world, distributor), uploads[0], uploads[-1], len(uploads))],
    )  # fmt: skip
    return mapping


def _code_map(world: World) -> None:
    told = midnight(world.today - timedelta(days=700))
    copy_rows(
        "sellout.CodeMapping",
        ("distributor_id", "key", "name", "product_id", "decided_by_id", "how", "decided_at"),
        (
            (at, key, name, product, reporter(world, at), "person", told)
            for at in DISTRIBUTORS
            for key, (name, product) in _decided(world, at).items()
        ),
    )


def _decided(world: World, distributor: int) -> dict[str, tuple[str, int | None]]:
    """What the distributor has said before: its own codes, and goods of others."""
    found: dict[str, tuple[str, int | None]] = {}
    if own_code(distributor, world.goods[0]):
        for good in world.offered[distributor]:
            name = own_name(distributor, good)
            found[_key(own_code(distributor, good), name, "", "")] = (name, good.id)
    for month in world.sold_on:
        if month.distributor == distributor:
            foreign = (line for line in month.lines if line.is_foreign)
            found.update((_key_of(distributor, line), (line.name, None)) for line in foreign)
    return found


def _key_of(distributor: int, line: Sold) -> str:
    code, article, barcode = codes_of(distributor, line)
    return _key(code, line.name, article, barcode)


@cache
def _key(code: str, name: str, article: str, barcode: str) -> str:
    line = RawLine(Place("", 1), product_code=code, product_name=name, article=article, barcode=barcode)
    return own_key(asked_of(line))[:300]


_REPORT = (
    "id", "distributor_id", "file_id", "state", "period_from", "period_to", "sheet", "signature", "mapping", "summary",
    "uploaded_by_id", "uploaded_at", "due_on", "accepted_at",
)  # fmt: skip


def _reports(
    world: World, months: Sequence[Month], stored: Sequence[StoredFile], mappings: dict[int, Mapping]
) -> Iterator[tuple[Any, ...]]:
    for at, (month, file) in enumerate(zip(months, stored, strict=True), 1):
        mapping = replace(mappings[month.distributor], sheet=sheet_name(month))
        uploaded = _uploaded_at(world, month)
        yield (
            at, month.distributor, file.pk, "accepted", month.starts_on, month.ends_on, sheet_name(month),
            mapping.signature, as_json(mapping.to_json()), as_json(_summary(month)), reporter(world, month.distributor),
            uploaded, due_on(month.starts_on), uploaded + timedelta(minutes=21),
        )  # fmt: skip


def _summary(month: Month) -> dict[str, Any]:
    lines = month.lines
    returned = [line for line in lines if line.quantity < 0]
    found = Counter(_how(month.distributor, line) or "asked" for line in lines)
    return {
        "lines": len(lines),
        "quantity": str(sum(line.quantity for line in lines)),
        "amount": str(sum((line.total for line in lines), Decimal(0))),
        "returns": len(returned),
        "returned_amount": str(sum((line.total for line in returned), Decimal(0))),
        "period": [lines[0].sold_on.isoformat(), lines[-1].sold_on.isoformat()],
        "products": len({line.good.id for line in lines if line.good}),
        "customers": len({line.inn for line in lines}),
        "resolved": dict(found),
        "open_questions": 0,
        "questions": found["asked"],
        "makers": [OPERATOR, OWNER],
    }


_LINE = (
    "report_id", "distributor_id", "sheet", "row", "sold_on", "code", "article", "barcode", "name", "product_id",
    "asked", "matched_by", "quantity", "unit", "price", "total", "customer", "customer_inn", "region", "document",
    "is_counted",
)  # fmt: skip
_MATCHED = {DISTRIBUTORS[0]: "own_map", DISTRIBUTORS[1]: "article", DISTRIBUTORS[2]: "barcode",
            DISTRIBUTORS[3]: "own_map"}  # fmt: skip


def _lines(months: Sequence[Month]) -> Iterator[tuple[Any, ...]]:
    for at, month in enumerate(months, 1):
        who, sheet, first = month.distributor, sheet_name(month), first_row(month)
        for row, line in enumerate(month.lines, first):
            code, article, barcode = codes_of(who, line)
            good = line.good
            unit = good.family.unit if good else "шт"
            yield (
                at, who, sheet, row, line.sold_on, code, article, barcode, line.name, good.id if good else None,
                _key(code, line.name, article, barcode), _how(who, line), line.quantity, unit, line.price, line.total,
                line.customer, line.inn, region_of(who, line), line.document, not line.is_foreign,
            )  # fmt: skip


def _how(distributor: int, line: Sold) -> str:
    return "foreign" if line.is_foreign else _MATCHED[distributor] if line.good else ""


def codes_of(distributor: int, line: Sold) -> tuple[str, str, str]:
    """(own code, article, barcode) as the distributor's file tells them."""
    good = line.good
    if distributor == DISTRIBUTORS[1]:
        return "", good.code if good else line.code, ""
    if distributor == DISTRIBUTORS[2]:
        return "", "", good.barcode if good else line.code
    return line.code, "", ""


def region_of(distributor: int, line: Sold) -> str:
    """Where the customer is, in the distributor's words: a city, or nothing."""
    return "" if distributor == DISTRIBUTORS[2] else line.place.name
