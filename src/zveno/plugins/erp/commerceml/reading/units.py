"""`БазоваяЕдиница` and `Единица`: as text, as attributes, as children, or as a bare code of the dictionary of units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.elements import Element, attribute, child_text, children, text
from zveno.plugins.erp.commerceml.reading.words import UNITS, unit_code


@dataclass(frozen=True, slots=True)
class BaseUnit:
    """A unit: its ОКЕИ code or `""`, the sender's word, the international abbreviation, how many of it a pack holds."""

    code: str = ""
    name: str = ""
    international: str = ""
    pack_quantity: Decimal | None = None


def read_base_unit(element: Element, reading: Reading) -> BaseUnit | None:
    """The unit at `element`; `None` if it says nothing."""
    word = text(element)
    raw_code = attribute(element, "Код") or child_text(element, "Код", "Ид")
    full = attribute(element, "НаименованиеПолное") or child_text(element, "НаименованиеПолное")
    short = attribute(element, "НаименованиеКраткое") or child_text(element, "НаименованиеКраткое")
    if word.isdigit():
        raw_code, word = raw_code or word, ""
    known = resolve_unit(raw_code or word or short or full, reading)
    code = known.code or unit_code(word) or unit_code(short) or unit_code(full)
    name = word or short or known.name or full
    if not code and not name:
        return None
    international = attribute(element, "МеждународноеСокращение") or child_text(element, "МеждународноеСокращение")
    return BaseUnit(code, name, international.strip("-") or known.international, _pack(element, raw_code, reading))


def resolve_unit(told: str, reading: Reading) -> BaseUnit:
    """The unit a word or a code means, by the sender's dictionary, then by ОКЕИ; the word alone if by neither."""
    known = reading.dictionaries.units.get(told)
    if known is not None:
        return BaseUnit(known.code, known.name, known.international)
    code = unit_code(told)
    if code and told.isdigit():
        name, international = UNITS.get(code, ("", ""))
        return BaseUnit(code if code in UNITS or len(told) == 3 else "", name, international)
    return BaseUnit(code, "" if told.isdigit() else told)


def _pack(element: Element, base_code: str, reading: Reading) -> Decimal | None:
    for recount in children(element, "Пересчет"):
        told = child_text(recount, "Коэффициент")
        ratio = reading.number(recount, told, what="ratio")
        if ratio and ratio > 1 and child_text(recount, "Единица") != base_code:
            return ratio
    return None
