"""XML of flat records, XML spreadsheets of Excel 2003, and HTML tables that call themselves xls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree, html

from zveno.base.tabular.archives import LIMITS, Limits, Source, open_source
from zveno.base.tabular.delimited import encoding_of
from zveno.base.tabular.faults import FileBroken, FileEmpty, TooManyColumns, XmlEntityForbidden
from zveno.base.tabular.grids import Found, Pairs, Path, record_sets, sheet_of_records
from zveno.kit.tables import Cell, Row, Sheet, Span, Workbook, sheet_of

_DOCTYPE = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_DEEPEST = 100


def read_xml(source: Source, name: str, limits: Limits = LIMITS) -> Workbook:
    """A sheet for each set of repeating records, the likeliest first. Attributes and texts become columns, nested ones
    dotted (`Покупатель.ИНН`); what stands in the elements around a record is carried down under their names.

    Raises `FileBroken` with the line, `FileEmpty`, `XmlEntityForbidden`.
    """
    _forbid_entities(source, name)
    encoding = None
    try:
        root_tag, found = _look_through(source, None)
    except etree.XMLSyntaxError as error:
        encoding = _undeclared_encoding(source, error, name)
        try:
            root_tag, found = _look_through(source, encoding)
        except (etree.XMLSyntaxError, LookupError) as second:
            raise FileBroken(place=name, reason=str(second)) from error
    if root_tag == f"{_SPREADSHEET}Workbook":
        return _read_spreadsheet_xml(source, name, limits)
    sheets = [
        sheet_of_records("/".join(path[1:]) or path[0], _records(source, path, found, encoding, name))
        for path in record_sets(found)
    ]
    if not sheets:
        raise FileEmpty(place=name)
    return Workbook(name, "xml", tuple(sheets), encoding=encoding or "")


def _forbid_entities(source: Source, name: str) -> None:
    with open_source(source) as stream:
        head = stream.read(100_000)
    for encoding in ("latin-1", "utf-16-le", "utf-16-be"):
        if _DOCTYPE.search(head.decode(encoding, errors="ignore")):
            raise XmlEntityForbidden(place=name)


def _undeclared_encoding(source: Source, error: etree.XMLSyntaxError, name: str) -> str:
    """The true encoding of an XML that claims or implies UTF-8 but is not; the first error again if it is none."""
    broken = FileBroken(place=f"{name}:{error.lineno}", reason=str(error.msg))
    if "encod" not in str(error.msg).lower() and "utf-8" not in str(error.msg).lower():
        raise broken from error
    encoding = encoding_of(source, name)
    if encoding.startswith("utf"):
        raise broken from error
    return {"cp1251": "windows-1251", "cp866": "cp866"}.get(encoding, encoding)


def _walk(source: Source, encoding: str | None, *events: str) -> Iterator[tuple[str, Any]]:
    with open_source(source) as stream:
        yield from etree.iterparse(
            stream,
            events=events,
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            encoding=encoding,
        )


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _look_through(source: Source, encoding: str | None) -> tuple[str, dict[Path, Found]]:
    found: dict[Path, Found] = {}
    path: list[str] = []
    root_tag = ""
    for event, node in _walk(source, encoding, "start", "end"):
        if event == "start":
            root_tag = root_tag or node.tag
            path.append(_local(node.tag))
            if len(path) > _DEEPEST:
                raise FileBroken(place="/".join(path[:5]), reason="nested too deep")
            continue
        here = tuple(path)
        seen = found.setdefault(here, Found())
        seen.count += 1
        seen.fields.update(dict.fromkeys(_local(key) for key in node.attrib))
        if not len(node) and not node.attrib and len(path) > 1:
            found.setdefault(here[:-1], Found()).fields[here[-1]] = None
        path.pop()
        for child in node:
            node.remove(child)
    return root_tag, found


def _records(
    source: Source, path: Path, found: dict[Path, Found], encoding: str | None, name: str
) -> Callable[[], Iterator[Pairs]]:
    """A walk over the records at `path`; what surrounds them is known once the outermost repeating element closes."""
    depth = next((n for n in range(1, len(path) + 1) if found[path[:n]].count > 1), len(path))
    repeated = {child for child, seen in found.items() if len(child) > 1 and seen.count > found[child[:-1]].count}

    def walk() -> Iterator[Pairs]:
        here: list[str] = []
        above: list[Pairs] = []
        try:
            for event, node in _walk(source, encoding, "start", "end"):
                if event == "start":
                    here.append(_local(node.tag))
                    if len(here) < depth:
                        above[len(here) - 1 :] = [_attributes(node, f"{here[-1]}." if len(here) > 1 else "")]
                    continue
                at = tuple(here)
                here.pop()
                if at == path[:depth]:
                    carried = [pair for pairs in above for pair in pairs]
                    yield from _below(node, at, path, carried, repeated)
                if len(at) <= depth:
                    if len(at) > 1 and len(above) >= len(at) - 1 and not len(node) and not node.attrib:
                        prefix = f"{at[-2]}." if len(at) > 2 else ""
                        above[len(at) - 2].append((f"{prefix}{at[-1]}", node.text))
                    parent = node.getparent()
                    if parent is not None:
                        parent.remove(node)
        except etree.XMLSyntaxError as error:
            raise FileBroken(place=f"{name}:{error.lineno}", reason=str(error.msg)) from error

    return walk


def _below(node: Any, at: Path, path: Path, carried: Pairs, repeated: set[Path]) -> Iterator[Pairs]:
    if at == path:
        yield [*carried, *_flat(node, at, "", repeated)]
        return
    step = path[len(at)]
    around = _flat(node, at, f"{at[-1]}.", repeated | {path[: len(at) + 1]})
    for child in node:
        if _local(child.tag) == step:
            yield from _below(child, (*at, step), path, [*carried, *around], repeated)


def _attributes(node: Any, prefix: str) -> Pairs:
    return [(prefix + _local(key), value) for key, value in node.attrib.items() if not key.startswith("{")]


def _flat(node: Any, at: Path, prefix: str, repeated: set[Path]) -> Pairs:
    """Attributes and texts in `node`, nested ones dotted; repeated inner records are left out, repeated texts kept."""
    pairs = _attributes(node, prefix)
    if not len(node) and node.text and node.text.strip():
        pairs.append(((prefix + _local(node.tag)) if not prefix else prefix.rstrip("."), node.text.strip()))
    for child in node:
        name = _local(child.tag)
        below = (*at, name)
        if not len(child) and not child.attrib:
            pairs.append((prefix + name, (child.text or "").strip() or None))
        elif below not in repeated:
            pairs += _flat(child, below, f"{prefix}{name}.", repeated)
    return pairs


def _read_spreadsheet_xml(source: Source, name: str, limits: Limits) -> Workbook:
    sheets: list[Sheet] = []
    rows: list[Row] = []
    number = 0
    for _, node in _walk(source, None, "end"):
        if node.tag == f"{_SPREADSHEET}Row":
            number = int(node.get(f"{_SPREADSHEET}Index", number + 1))
            rows.append(Row(number, _spreadsheet_cells(node, limits, name)))
            node.clear()
        elif node.tag == f"{_SPREADSHEET}Worksheet":
            sheets.append(_kept(node.get(f"{_SPREADSHEET}Name", str(len(sheets) + 1)), rows))
            rows, number = [], 0
    return Workbook(name, "xml", tuple(sheets))


def _kept(name: str, rows: list[Row]) -> Sheet:
    return Sheet(name, lambda: iter(rows))


def _spreadsheet_cells(node: Any, limits: Limits, name: str) -> list[Cell]:
    values: list[Cell] = []
    for cell in node.iterchildren(f"{_SPREADSHEET}Cell"):
        index = int(cell.get(f"{_SPREADSHEET}Index", len(values) + 1))
        if index > limits.columns:
            raise TooManyColumns(place=name, columns=index, limit=limits.columns)
        values += [None] * (index - 1 - len(values))
        data = cell.find(f"{_SPREADSHEET}Data")
        values.append("".join(data.itertext()) if data is not None else None)
        values += [None] * int(cell.get(f"{_SPREADSHEET}MergeAcross", 0))
        if len(values) > limits.columns:
            raise TooManyColumns(place=name, columns=len(values), limit=limits.columns)
    return values


def read_html(source: Source, name: str, limits: Limits = LIMITS) -> Workbook:
    """The tables of an HTML page as sheets, with their merged cells. Raises `FileEmpty`, `TooManyColumns`."""
    with open_source(source) as stream:
        data = stream.read()
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4000])
    encoding = declared[1].decode() if declared else encoding_of(data, name)
    try:
        page = data.decode(encoding, errors="replace").encode()
        tree = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, LookupError) as error:
        raise FileBroken(place=name, reason=str(error)) from error
    sheets: list[Sheet] = []
    for table in tree.iter("table"):
        if table.find(".//table") is None:
            rows, spans = _html_grid(table, limits, name)
            sheets.append(sheet_of(f"{len(sheets) + 1}", rows, merged=spans))
    if not sheets:
        raise FileEmpty(place=name)
    return Workbook(name, "html", tuple(sheets), encoding=encoding)


def _html_grid(table: Any, limits: Limits, name: str) -> tuple[list[list[Cell]], tuple[Span, ...]]:
    """The cells of a table, spans filled with blanks, and where it merges."""
    rows: list[list[Cell]] = []
    spans: list[Span] = []
    taken: dict[int, int] = {}  # column → how many more rows a cell above reaches down
    for number, row in enumerate(table.iter("tr"), 1):
        values: list[Cell] = []

        def pass_taken(values: list[Cell] = values) -> None:
            while taken.get(len(values)):
                taken[len(values)] -= 1
                values.append(None)

        for cell in row.iterchildren("td", "th"):
            pass_taken()
            left = len(values)
            across, down = _spanned(cell, "colspan", limits.columns + 1), _spanned(cell, "rowspan", limits.rows)
            values += [" ".join(cell.text_content().split()), *([None] * (across - 1))]
            if len(values) > limits.columns:
                raise TooManyColumns(place=f"{name}!{number}", columns=len(values), limit=limits.columns)
            if across > 1 or down > 1:
                spans.append(Span(number, left, number + down - 1, left + across - 1))
            taken.update(dict.fromkeys(range(left, left + across), down - 1) if down > 1 else {})
        pass_taken()
        rows.append(values)
    return rows, tuple(spans)


def _spanned(cell: Any, name: str, most: int) -> int:
    told = cell.get(name, "1").strip()
    return min(max(int(told), 1), most) if told.isascii() and told.isdigit() else 1
