"""Short codes of companies: what their orders' numbers start with."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

_LATIN = {
    **dict(zip("абвгдеёзийклмнопрстуфхыэ", "abvgdeeziyklmnoprstufhye", strict=True)),
    "ж": "zh",
    "ц": "c",
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "ю": "yu",
    "я": "ya",
    "ъ": "",
    "ь": "",
}
_LENGTH = 6


def short_code(name: str, taken: Collection[str]) -> str:
    """Up to six capital Latin letters and digits from `name` (legal form left out), with a number where it is taken."""
    words = re.sub(r"(?i)\b(ооо|оао|зао|пао|ао|ип|тд|llc|ltd)\b", " ", name).lower()
    latin = "".join(_LATIN.get(letter, letter) for letter in words)
    stem = re.sub(r"[^a-z0-9]", "", latin).upper()[:_LENGTH] or "C"
    return next(code for number in count(1) if (code := stem if number == 1 else f"{stem}{number}") not in taken)
