"""JSON and newline-delimited JSON: the array of objects is found and flattened like XML records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from zveno.base.tabular.archives import Source, open_source
from zveno.base.tabular.delimited import encoding_of
from zveno.base.tabular.faults import FileBroken, FileEmpty
from zveno.base.tabular.grids import Found, Pairs, Path, record_sets, sheet_of_records
from zveno.kit.tables import Sheet, Workbook, sheet_of


def read_json(source: Source, name: str) -> Workbook:
    """A sheet for each array of objects, the likeliest first; numbers are exact decimals. An array of arrays is a sheet
    as it stands. Raises `FileBroken` with the line, `FileEmpty`."""
    encoding = encoding_of(source, name)
    with open_source(source) as stream:
        try:
            text = stream.read().decode(encoding)
        except UnicodeError as error:
            raise FileBroken(place=name, reason=str(error)) from error
    data = _load(text, name)
    if isinstance(data, list) and data and all(isinstance(row, list) for row in data):
        return Workbook(name, "json", (_sheet_of_lists(data),), encoding=encoding)
    found: dict[Path, Found] = {}
    _look_through(data, (), found)
    sheets = [sheet_of_records("/".join(path) or "1", _records(data, path)) for path in record_sets(found)]
    if not sheets:
        raise FileEmpty(place=name)
    return Workbook(name, "json", tuple(sheets), encoding=encoding)


def _load(text: str, name: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=lambda word: None)
    except RecursionError as error:
        raise FileBroken(place=name, reason="nested too deep") from error
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines[:5]):
            raise FileBroken(place=_line(name, error), reason=str(error)) from error
    records = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                records.append(json.loads(line, parse_float=Decimal, parse_constant=lambda word: None))
            except (ValueError, RecursionError) as error:
                raise FileBroken(place=f"{name}:{number}", reason=str(error)) from error
    return records


def _line(name: str, error: ValueError) -> str:
    return f"{name}:{error.lineno}" if isinstance(error, json.JSONDecodeError) else name


def _sheet_of_lists(data: list[list[Any]]) -> Sheet:
    return sheet_of("1", [[_scalar(value) for value in row] for row in data])


def _scalar(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else value


def _as_list(data: Any) -> Any:
    """Objects kept under their keys ({"93254": {…}, "93255": {…}}) as the list they are, the key beside."""
    if not isinstance(data, dict) or len(data) < 2 or not all(isinstance(item, dict) for item in data.values()):
        return data
    shared = set.intersection(*(set(item) for item in data.values()))
    if len(shared) < 2 or 2 * len(shared) < max(len(item) for item in data.values()):
        return data
    return [{"key": key, **item} for key, item in data.items()]


def _look_through(data: Any, path: Path, found: dict[Path, Found]) -> None:
    data = _as_list(data)
    if isinstance(data, dict):
        for key, value in data.items():
            _look_through(value, (*path, str(key)), found)
    elif isinstance(data, list):
        for item in data:
            if isinstance(item, dict):
                seen = found.setdefault(path, Found())
                seen.count += 1
                seen.fields.update(dict.fromkeys(key for key, value in item.items() if not isinstance(value, list)))
            _look_through(item, path, found)


def _records(data: Any, path: Path) -> Callable[[], Iterator[Pairs]]:
    def walk(node: Any, steps: Path, names: Path, carried: Pairs) -> Iterator[Pairs]:
        node = _as_list(node)
        if isinstance(node, list):
            for item in node:
                yield from walk(item, steps, names, carried)
        elif isinstance(node, dict) and steps:
            around = _flat(
                {key: value for key, value in node.items() if key != steps[0]}, "".join(f"{n}." for n in names)
            )
            yield from walk(node.get(steps[0]), steps[1:], (*names, steps[0]), [*carried, *around])
        elif isinstance(node, dict):
            yield [*carried, *_flat(node, "")]

    return lambda: walk(data, path, (), [])


def _flat(node: dict[str, Any], prefix: str) -> Pairs:
    pairs: Pairs = []
    for key, value in node.items():
        if isinstance(value, dict):
            pairs += _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            if not any(isinstance(item, dict | list) for item in value):
                pairs.append((prefix + key, "; ".join(str(item) for item in value)))
        else:
            pairs.append((prefix + key, value))
    return pairs
