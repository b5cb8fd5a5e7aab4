"""Codes of companies and goods, checked by their control digits (python-stdnum) and folded for comparison."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from stdnum import ean
from stdnum.exceptions import ValidationError
from stdnum.ru import inn as ru_inn
from stdnum.ru import ogrn as ru_ogrn

_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")

# Letters that look alike in Cyrillic and Latin capitals: article «А12» typed on either keyboard is one article.
# The letter that writers leave out, and the one they write for it.
YO, YE = "ё", "е"
_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХЁ", "ABEKMHOPCTYXE")


@lru_cache(maxsize=20_000)
def is_inn(value: str) -> bool:
    """Whether `value` is a Russian taxpayer number (10 digits: company, 12: person) with right control digits."""
    try:
        ru_inn.validate(value)
    except ValidationError:
        return False
    return True


def is_kpp(value: str) -> bool:
    """Whether `value` has the form of a KPP: 4 digits, 2 digits or capitals, 3 digits."""
    return bool(_KPP.fullmatch(value))


def is_ogrn(value: str) -> bool:
    """Whether `value` is an OGRN (13 digits) or OGRNIP (15) with its right control digit."""
    if len(value) == 15 and value.isascii() and value.isdigit() and value[0] in "34":
        # python-stdnum forgets that a remainder of 10 to 12 counts by its last digit.
        return int(value[-1]) == int(value[:-1]) % 13 % 10
    try:
        ru_ogrn.validate(value)
    except ValidationError:
        return False
    return True


def is_gtin(value: str) -> bool:
    """Whether `value` is a GTIN-8, 12, 13 or 14 with its right control digit."""
    return value.isdigit() and ean.is_valid(value.lstrip("0").rjust(13, "0") if len(value) == 12 else value)


def fold_code(value: str) -> str:
    """`value` as codes are compared: capitals, look-alike Cyrillic as Latin, without spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", value).upper().translate(_LOOKALIKES)
    return re.sub(r"[^0-9A-ZА-Я]", "", folded)


def fold_text(value: str) -> str:
    """`value` as names are searched: lower case, «ё» as «е», runs of blanks as one."""
    return " ".join(unicodedata.normalize("NFKC", value).lower().replace(YO, YE).split())
