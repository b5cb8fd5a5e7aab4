"""Sizes, packs and counts as names tell them: «0,9 л», «12шт/кор», «24x0,5 л», «17 inch», «100 м»."""

from __future__ import annotations

import re

Measures = frozenset[tuple[str, float]]
"""Pairs of a dimension and a value in the dimension's least usual unit (ml, g, W, mm …); `pack` counts pieces."""

_UNITS: dict[str, tuple[str, float]] = {
    "мл": ("volume", 1), "ml": ("volume", 1), "л": ("volume", 1000), "l": ("volume", 1000), "литр": ("volume", 1000),
    "lt": ("volume", 1000), "ltr": ("volume", 1000), "литра": ("volume", 1000), "литров": ("volume", 1000),
    "cl": ("volume", 10), "oz": ("volume_oz", 1),
    "г": ("mass", 1), "гр": ("mass", 1), "g": ("mass", 1), "gr": ("mass", 1), "кг": ("mass", 1000),
    "kg": ("mass", 1000),
    "lb": ("mass_lb", 1), "lbs": ("mass_lb", 1),
    "вт": ("power", 1), "w": ("power", 1), "watt": ("power", 1), "watts": ("power", 1), "квт": ("power", 1000),
    "kw": ("power", 1000), "вт/м": ("power_m", 1), "w/m": ("power_m", 1),
    "в": ("voltage", 1), "v": ("voltage", 1), "volt": ("voltage", 1), "а": ("current", 1000),
    "a": ("current", 1000), "ма": ("current", 1), "ma": ("current", 1), "ка": ("current_k", 1), "ka": ("current_k", 1),
    "к": ("colour_temperature", 1), "k": ("colour_temperature", 1),
    "мм²": ("section", 1), "мм2": ("section", 1), "mm2": ("section", 1), "кв.мм": ("section", 1),
    "кв мм": ("section", 1),
    "мм": ("length", 1), "mm": ("length", 1), "см": ("length", 10), "cm": ("length", 10), "м": ("length", 1000),
    "m": ("length", 1000), "\"": ("inch", 1), "inch": ("inch", 1), "inches": ("inch", 1), "in": ("inch", 1),
    "дюйм": ("inch", 1), "дюйма": ("inch", 1), "дюймов": ("inch", 1), "'": ("inch", 1),
    "ft": ("feet", 1), "feet": ("feet", 1), "foot": ("feet", 1),
    "gb": ("memory", 1), "гб": ("memory", 1), "mb": ("memory_mb", 1), "мб": ("memory_mb", 1), "tb": ("memory", 1000),
    "тб": ("memory", 1000),
    "mp": ("pixels", 1), "megapixel": ("pixels", 1), "мп": ("pixels", 1), "hz": ("frequency", 1),
    "гц": ("frequency", 1), "mhz": ("frequency_m", 1), "мгц": ("frequency_m", 1), "ghz": ("frequency_g", 1),
    "ггц": ("frequency_g", 1),
    "шт": ("pack", 1), "pcs": ("pack", 1), "pack": ("pack", 1), "pk": ("pack", 1), "пар": ("pack", 1),
    "штук": ("pack", 1), "count": ("pack", 1), "ct": ("pack", 1), "таб": ("pack", 1), "рул": ("pack", 1),
    "лист": ("sheets", 1), "листа": ("sheets", 1), "листов": ("sheets", 1), "sheets": ("sheets", 1), "%": ("share", 1),
}  # fmt: skip
_NUMBER = r"(?<![\w.,])(\d+(?:[.,]\d+)?)"
_MEASURE = re.compile(
    rf"{_NUMBER}[\s-]*(" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")(?![\w²])"
)
_MULTIPACK = re.compile(r"(?<![\w.,])(\d{1,3})\s*[xх*×]\s*(?=\d+(?:[.,]\d+)?\s*(?:мл|ml|л|l|г|гр|g|кг|kg)\b)")
_BOX = r"(?:упаковк[аи]|упак|уп|короб(?:ка|к)?|кор|ящик|ящ|блок|набор|комплект|pack of|set of|box of|case of)"
_PACK_WORD = re.compile(
    rf"{_BOX}[\s.№/-]*(\d{{1,4}})(?![\w,])(?:\s*(?:шт|pcs)\b\.?)?|"
    rf"(?<![\w.,])(\d{{1,4}})\s*(?:шт\.?|pcs)?\s*(?:/|в|in)\s*{_BOX}\b\.?|"
    r"\(\s*[xх×]\s*(\d{1,3})\s*\)|№\s*(\d{1,3})(?![\w.,])"
)
_VALUE = re.compile(r"\d+(?:[.,]\d+)?")


def take_measures(folded: str) -> tuple[Measures, str]:
    """The measures in a lower-case text, and the text without them."""
    measures: set[tuple[str, float]] = set()
    for pattern in (_MULTIPACK, _PACK_WORD):
        if any(char.isdigit() for char in folded):
            measures.update(("pack", float(next(filter(None, found.groups())))) for found in pattern.finditer(folded))
            folded = pattern.sub(" ", folded)
    for found in _MEASURE.finditer(folded):
        dimension, factor = _UNITS[found[2]]
        measures.add((dimension, round(float(found[1].replace(",", ".")) * factor, 4)))
    return frozenset(measures), _MEASURE.sub(" ", folded)


def values_in(folded: str) -> frozenset[float]:
    """Every number of a text as written, whatever it measures."""
    return frozenset(float(found.replace(",", ".")) for found in _VALUE.findall(folded))


def by_dimension(measures: Measures) -> dict[str, set[float]]:
    """Dimension → values."""
    found: dict[str, set[float]] = {}
    for dimension, value in measures:
        found.setdefault(dimension, set()).add(value)
    return found
