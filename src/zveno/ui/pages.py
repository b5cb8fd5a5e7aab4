"""A page of a list: rows, order, filters kept in the address, the number of the page, the way to a spreadsheet.

`read_page` turns the query string and a queryset (or a list) into a `ListPage`; the tags `sort_header`,
`filter_chips` and `pagination` show it. Only declared keys sort, so an address can not ask for anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import QueryDict

from zveno.ui.navigation import Words

Row = TypeVar("Row")
SIZE = 50
LAST = 10_000


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, in words; `without` is the query string that lifts it."""

    label: Words
    value: Words
    without: str


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """`total` is None when counting would cost more than it tells; `more` says whether there is a next page."""

    rows: Sequence[Row]
    number: int = 1
    size: int = SIZE
    total: int | None = None
    more: bool = False
    sort: str = ""
    query: QueryDict = field(default_factory=QueryDict)
    chips: Sequence[Chip] = ()
    export_url: str = ""

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.size + len(self.rows)

    @property
    def pages(self) -> int | None:
        return None if self.total is None else max(1, -(-self.total // self.size))

    def numbers(self) -> list[int]:
        """Pages to offer: the ends and the neighbours; 0 stands for a gap."""
        if self.pages is None:
            return []
        wanted = {1, self.pages} | {at for at in range(self.number - 1, self.number + 2) if 1 <= at <= self.pages}
        found: list[int] = []
        for at in sorted(wanted):
            if found and at - found[-1] > 1:
                found.append(0)
            found.append(at)
        return found

    def address(self, **changes: object) -> str:
        """The query string with some values changed.

        None removes a value; a change of anything else returns to page one.
        """
        return replaced(self.query, **changes)


def replaced(query: QueryDict, **changes: object) -> str:
    """`?…` with `changes` made; None or an empty string removes the value. Any change but of `page` drops `page`."""
    copy = query.copy()
    if "page" not in changes:
        copy.pop("page", None)
    for key, value in changes.items():
        if value is None or value == "" or (key == "page" and value == 1):
            copy.pop(key, None)
        else:
            copy[key] = str(value)
    return "?" + copy.urlencode()


def read_page(
    *,
    query: QueryDict,
    rows: QuerySet[Any] | Sequence[Any],
    sorts: Mapping[str, str | Sequence[str]] | None = None,
    default_sort: str = "",
    size: int = SIZE,
    counted: bool = True,
    chips: Sequence[Chip] = (),
    export_url: str = "",
) -> ListPage[Any]:
    """The asked page of `rows`. `sorts` maps a key of the address to fields; `-key` turns the order round."""
    sort = _asked_sort(query, sorts or {}, default_sort)
    if sort and isinstance(rows, QuerySet):
        fields = (sorts or {})[sort.removeprefix("-")]
        names = [fields] if isinstance(fields, str) else list(fields)
        rows = rows.order_by(*(_turned(name) if sort.startswith("-") else name for name in names))
    number = _asked_number(query)
    total = (rows.count() if isinstance(rows, QuerySet) else len(rows)) if counted else None
    if total is not None:
        number = min(number, max(1, -(-total // size)))
    found = list(rows[(number - 1) * size : number * size + 1])
    return ListPage(
        rows=found[:size],
        number=number,
        size=size,
        total=total,
        more=len(found) > size,
        sort=sort,
        query=query,
        chips=chips,
        export_url=export_url,
    )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _asked_sort(query: QueryDict, sorts: Mapping[str, str | Sequence[str]], default: str) -> str:
    asked = query.get("sort") or default
    return asked if asked.removeprefix("-") in sorts else default


def _asked_number(query: QueryDict) -> int:
    asked = query.get("page") or "1"
    return min(max(1, int(asked)), LAST) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
