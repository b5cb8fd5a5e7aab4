"""What calamine does not tell of an OpenDocument sheet: extent, outline, hidden rows, error cells."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from zveno.base.tabular.archives import Limits
from zveno.base.tabular.faults import FileBroken, TooManyColumns
from zveno.base.tabular.looks import Look

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_MOST_HIDDEN = 100_000


def look_through_ods(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Look]:
    """What each table says, by name. A cell or row may say that it is repeated a million times; a table that such would
    fill is refused. Raises `TooManyColumns`, `FileBroken`."""
    try:
        with archive.open("content.xml") as stream:
            walk = etree.iterparse(stream, events=("start", "end"), resolve_entities=False, no_network=True)
            return _looks(walk, limits)
    except TooManyColumns:
        raise
    except Exception as error:  # damaged zip data or XML
        raise FileBroken(place="content.xml", reason=str(error)) from error


def _looks(walk: Iterator[tuple[str, Any]], limits: Limits) -> dict[str, Look]:
    looks: dict[str, Look] = {}
    look, row, depth = Look(), 0, 0
    for event, node in walk:
        if node.tag == f"{_TABLE}table":
            if event == "start":
                look, row, depth = Look(), 0, 0
                looks[str(node.get(f"{_TABLE}name"))] = look
        elif node.tag == f"{_TABLE}table-row-group":
            depth += 1 if event == "start" else -1
        elif node.tag == f"{_TABLE}table-row" and event == "end":
            repeated = int(node.get(f"{_TABLE}number-rows-repeated", 1))
            _note(node, look, row, repeated, depth)
            row += repeated
            if look.last_column > limits.columns or look.last_row * look.last_column > limits.cells:
                raise TooManyColumns(place="content.xml", columns=look.last_column, rows=look.last_row)
            node.clear()
    return looks


def _note(node: Any, look: Look, above: int, repeated: int, depth: int) -> None:
    """Adds a row, which stands for `repeated` rows under the first `above`."""
    width = _filled_width(node)
    look.last_column = max(look.last_column, width)
    if not width:
        return
    look.last_row = above + repeated
    rows = range(above + 1, above + 1 + min(repeated, _MOST_HIDDEN))
    if node.get(f"{_TABLE}visibility") in ("collapse", "filter"):
        look.hidden.update(rows)
    if depth:
        look.levels.update(dict.fromkeys(rows, depth))
    column = 0
    for cell in node:
        if cell.get(_TYPE) == "error":
            look.errors.setdefault(above + 1, {})[column] = "".join(cell.itertext()).strip() or "#VALUE!"
        column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))


def _filled_width(row: Any) -> int:
    """The column of the last cell with something in it."""
    column = width = 0
    for cell in row:
        column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        if len(cell):
            width = column
    return width
