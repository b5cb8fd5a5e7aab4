"""From a layout to a mapping: proposed afresh, or remembered and fitted to this file; what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from zveno.sellout.rules.layouts import Layout, key_of
from zveno.sellout.rules.lines import FIELDS
from zveno.sellout.rules.mapping import Mapping, Slice, Source

_ALIKE = 70


def propose_mapping(layout: Layout) -> Mapping:
    """The mapping the layout's proposals make: the user corrects it, then it is remembered."""
    sources = tuple(Source(name, letters, _key(layout, letters)) for name, letters in layout.fields.items())
    mapping = Mapping(
        signature=layout.signature,
        header=layout.header,
        first_row=layout.first_row,
        sources=sources,
        sheet=layout.sheet,
        slices=_slices(layout, {}),
        groups=layout.groups,
        fill_down=layout.fill_down,
        date_order=layout.date_order,
        decimal_mark=layout.decimal_mark,
        returns=_returns(layout),
    )
    return _with_told(mapping, layout)


def fit_mapping(mapping: Mapping, layout: Layout) -> Mapping:
    """A remembered mapping on this file: columns found by their headers wherever they stand now, this file's months,
    period and outlet. A source whose column is gone is left out: `drift` tells which."""
    found = _found(mapping.header, layout.header)
    kept = []
    for source in mapping.sources:
        letters = found.get(source.column)
        if letters:
            kept.append(Source(source.field, letters, _key(layout, letters)))
    fields_by_key = {source.key: source.field for part in mapping.slices for source in part.sources}
    fitted = replace(
        mapping,
        signature=layout.signature,
        header=layout.header,
        first_row=layout.first_row,
        sources=tuple(kept),
        sheet=layout.sheet,
        slices=_slices(layout, fields_by_key) if mapping.slices else (),
        groups=replace(layout.groups, fields=mapping.groups.fields or layout.groups.fields),
        date_order=layout.date_order if layout.date_order_proven else mapping.date_order,
    )
    return _with_told(fitted, layout)


def _key(layout: Layout, letters: str) -> str:
    return key_of(layout.column(letters))


def _slices(layout: Layout, fields_by_key: dict[str, str]) -> tuple[Slice, ...]:
    """This file's repeated groups; by the remembered meaning of their headers where there is one."""
    parts = []
    for group in layout.wide:
        sources = []
        for kind, letters in group.columns:
            key = _key(layout, letters)
            name = fields_by_key.get(key, "" if fields_by_key else kind)
            if name in FIELDS:
                sources.append(Source(name, letters, key))
        if sources:
            sold_on = group.period.last_day if group.period else None
            parts.append(Slice(group.label, tuple(sources), sold_on, group.outlet))
    return tuple(parts)


def _with_told(mapping: Mapping, layout: Layout) -> Mapping:
    """Constants that the file itself tells: the last day of its period, its outlet."""
    constants = {name: value for name, value in mapping.constants.items() if name not in mapping.told}
    filled = replace(mapping, constants=constants).fields
    told = {}
    if "sold_on" not in filled and layout.preamble.period and not any(part.sold_on is None for part in mapping.slices):
        told["sold_on"] = layout.preamble.period.last_day.isoformat()
    if "outlet" not in filled and layout.preamble.outlet:
        told["outlet"] = layout.preamble.outlet
    return replace(mapping, constants={**constants, **told}, told=tuple(told))


def _returns(layout: Layout) -> str:
    letters = layout.fields.get("quantity") or layout.fields.get("amount")
    if letters and layout.column(letters).profile.negative > 0.9:
        return "inverted"
    operation = layout.fields.get("operation")
    if operation and any(
        "возврат" in told.lower() or "return" in told.lower() for told in layout.column(operation).samples
    ):
        return "operation"
    return "negative"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between a remembered header and this file's. `kind`: `moved` (same name, other letters),
    `renamed` (same place or a like name), `missing`, `added`. `field` is what the column was used for, if anything."""

    kind: str
    was: str = ""
    now: str = ""
    was_column: str = ""
    now_column: str = ""
    field: str = ""


def drift(mapping: Mapping, layout: Layout) -> tuple[Change, ...]:
    """What has changed since the mapping was remembered, used columns first. Empty means the same layout, and only then
    may the mapping be used without asking."""
    if mapping.signature == layout.signature:
        return ()
    fields = {source.column: source.field for source in mapping.sources}
    fields |= {source.column: source.field for part in mapping.slices for source in part.sources}
    return compare_headers(mapping.header, layout.header, fields)


def resembles(mapping: Mapping, layout: Layout) -> bool:
    """Whether the layout is the remembered one, changed: at least half of the columns in use are found by their names.
    Another kind of file from the same sender is read afresh."""
    used = {source.column for source in mapping.sources}
    used |= {source.column for part in mapping.slices for source in part.sources}
    old = [(letters, key) for letters, key in mapping.header if letters in used]
    keys, found = dict(layout.header), _found(old, layout.header)
    named = [key for letters, key in old if _alike(key, keys.get(found.get(letters, ""), ""))]
    return 2 * len(named) >= len(old) > 0


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and (one == other or fuzz.ratio(one, other) >= _ALIKE)


def compare_headers(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], fields: dict[str, str] | None = None
) -> tuple[Change, ...]:
    """The changes between two headers of (letters, key); `fields` by the old letters."""
    used = fields or {}
    old, new = _without_repeats(old), _without_repeats(new)
    found = _found(old, new)
    keys = dict(new)
    changes = []
    for letters, key in old:
        now = found.get(letters)
        field = used.get(letters, "")
        if now is None:
            changes.append(Change("missing", was=key, was_column=letters, field=field))
        elif keys[now] != key:
            changes.append(Change("renamed", key, keys[now], letters, now, field))
        elif now != letters and "<period>" not in key:
            changes.append(Change("moved", key, key, letters, now, field))
    taken = set(found.values())
    changes += [Change("added", now=key, now_column=letters) for letters, key in new if letters not in taken]
    return tuple(sorted(changes, key=lambda change: not change.field))


def _without_repeats(header: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without the second and later months."""
    seen: set[str] = set()
    kept = []
    for letters, key in header:
        if "<period>" not in key or key not in seen:
            kept.append((letters, key))
        seen.add(key)
    return kept


def _found(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Old letters → new letters: same name and place first, then same name, then a like name, then the same place."""
    found: dict[str, str] = {}
    free = dict(new)

    def take(letters: str, now: str) -> None:
        found[letters] = now
        del free[now]

    for letters, key in old:
        if free.get(letters) == key:
            take(letters, letters)
    for letters, key in old:
        if letters not in found and key:
            same = next((now for now, name in free.items() if name == key), None)
            if same:
                take(letters, same)
    for letters, key in old:
        if letters not in found and key:
            alike = max(free, key=lambda now: fuzz.ratio(free[now], key), default="")
            if alike and fuzz.ratio(free[alike], key) >= _ALIKE:
                take(letters, alike)
    known = {name for _, name in old}
    for letters, _ in old:
        if letters not in found and letters in free and free[letters] not in known:
            take(letters, letters)
    return found
