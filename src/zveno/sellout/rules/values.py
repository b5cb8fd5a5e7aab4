"""Cells as values: numbers, days and texts the way people type them. `None` means the cell cannot be read so."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from zveno.kit.tables import Cell

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’`]+")
_MONEY_WORDS = re.compile(r"(руб(?:лей|ля|ль)?\.?|р\.|тг\.?|тенге|грн\.?|usd|eur|rub|rur|kzt|[₽$€£₸₴])", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DAY = re.compile(r"(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})(?:\s*г\.?)?(?:[T\s,]+\d{1,2}[:.]\d{2}.*)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORD_DAY = re.compile(r"(\d{1,2})[\s.-]+([a-zа-яіїєґ]+)\.?[\s.,-]+(\d{2,4})", re.IGNORECASE)
_EXCEL_EPOCH = date(1899, 12, 30)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)

MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10,
    "ноя": 11, "дек": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
    "січ": 1, "лют": 2, "бер": 3, "кві": 4, "тра": 5, "чер": 6, "лип": 7, "сер": 8, "вер": 9, "жов": 10, "лис": 11,
    "гру": 12,
}  # fmt: skip


_MONTH_NAME = re.compile(
    r"(янв|фев|мар|апр|июн|июл|авг|сен|сент|окт|ноя|нояб|дек|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)|"
    r"(январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр|januar|februar|march|april|june|july|august|"
    r"septemb|octob|novemb|decemb|січн|січен|лют|лютий|лютого|березн|березен|квітн|квітен|травн|травен|червн|червен|"
    r"липн|липен|серпн|серпен|вересн|вересен|жовтн|жовтен|листопад|грудн|груден)[a-zа-яіїєґ]{0,2}"
)


def month_of_word(word: str) -> int | None:
    """The month a word names, in Russian, English or Ukrainian, whole or cut to three letters or more."""
    folded = word.lower().strip(". ")
    found = MONTHS.get(folded[:3])
    return found if found and (len(folded) == 3 or _MONTH_NAME.fullmatch(folded)) else None


def text(cell: Cell) -> str:
    """The cell as a trimmed text; a whole float without its point, so that code 1234.0 stays 1234."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        if "\x00" in cell:  # no database takes it
            cell = cell.replace("\x00", "")
        return " ".join(cell.split()) if "\n" in cell or "  " in cell or "\xa0" in cell else cell.strip()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute or cell.second) else cell.isoformat(sep=" ")
    return str(cell)


def number(cell: Cell, decimal_mark: str = "auto") -> Decimal | None:
    """The cell as an exact number. Texts may hold blanks between thousands, a currency word, brackets or a trailing
    minus for below zero; `auto` reads a lone comma as the decimal mark and the last of two kinds of mark likewise."""
    if isinstance(cell, float):
        return _finite(repr(cell))
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, Decimal):
        return cell if cell.is_finite() else None
    if not isinstance(cell, str):
        return None
    if cell.isdigit() and cell.isascii():
        return Decimal(cell)
    return _number_of_text(cell, decimal_mark)


def _finite(told: str) -> Decimal | None:
    value = Decimal(told.removesuffix(".0"))
    return value if value.is_finite() else None


def _number_of_text(told: str, decimal_mark: str) -> Decimal | None:
    bare = _MONEY_WORDS.sub("", _BLANKS.sub("", told)).replace("−", "-").replace("–", "-")
    if not bare or not any(char.isdigit() for char in bare):
        return None
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    if bare.endswith("-"):
        bare = f"-{bare[:-1]}"
    bare = _with_point(bare, decimal_mark)
    if not _PLAIN.fullmatch(bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def _with_point(bare: str, decimal_mark: str) -> str:
    commas, points = bare.count(","), bare.count(".")
    if decimal_mark == "auto":
        if commas and points:
            decimal_mark = "," if bare.rfind(",") > bare.rfind(".") else "."
        else:
            decimal_mark = "." if points == 1 or commas > 1 else ","
    other = "." if decimal_mark == "," else ","
    if other in bare and not re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{other}\d{{3}})+(?:\{decimal_mark}\d*)?", bare):
        return bare if not (commas and points) and decimal_mark == "," and points == 1 else "?"
    return bare.replace(other, "").replace(decimal_mark, ".")


def day(cell: Cell, order: str = "dmy") -> date | None:
    """The cell as a day. `order` decides texts such as 03/04/2026; a four-digit first part is always a year. A number
    from 20000 to 80000 is an Excel serial day. Years of two digits are of this century."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float | Decimal):
        return _EXCEL_EPOCH + timedelta(days=int(cell)) if 20000 <= cell <= 80000 else None
    if isinstance(cell, str):
        return _day_of_text(cell.strip(), order)
    return None


def _day_of_text(told: str, order: str) -> date | None:
    if found := _DAY.fullmatch(told):
        first, second, third = found.groups()
        if len(first) == 4:
            return _day(first, second, third)
        if order == "ymd" and len(third) <= 2:
            return _day(first, second, third)
        return _day(third, first, second) if order == "mdy" else _day(third, second, first)
    if found := _COMPACT_DAY.fullmatch(told):
        return _day(*found.groups())
    if found := _WORD_DAY.match(told):
        month = month_of_word(found[2])
        return _day(found[3], str(month), found[1]) if month else None
    return None


def _day(year: str, month: str, dom: str) -> date | None:
    if len(year) == 3 or len(dom) > 2:
        return None
    try:
        value = date(int(year) + (2000 if len(year) <= 2 else 0), int(month), int(dom))
    except ValueError:
        return None
    return value if _EARLIEST <= value <= _LATEST else None


def date_order(cells: list[Cell]) -> tuple[str, bool]:
    """(`dmy` or `mdy`, whether the texts prove it). A first part over 12 is a day, a second over 12 is a day; failing
    both, dots put the day first (nobody writes 3.31.2026); else the reading that spreads over fewer days is the
    likelier, for a report covers a month."""
    told = [cell.strip() for cell in cells if isinstance(cell, str)]
    parts = {
        (int(found[1]), int(found[2]), int(found[3]))
        for cell in told
        if (found := _DAY.fullmatch(cell)) and len(found[1]) <= 2
    }
    if not parts:
        return "dmy", True
    first, second = max(part[0] for part in parts), max(part[1] for part in parts)
    if first > 12 or second > 12:
        return ("mdy", True) if second > 12 >= first else ("dmy", True)
    if all("." in cell for cell in told if _DAY.fullmatch(cell)):
        return "dmy", False
    by_day = [_day(str(year), str(b), str(a)) for a, b, year in parts]
    by_month = [_day(str(year), str(a), str(b)) for a, b, year in parts]
    return ("mdy" if _spread(by_month) < _spread(by_day) else "dmy"), False


def _spread(days: list[date | None]) -> int:
    known = [value for value in days if value]
    return (max(known) - min(known)).days if known else 0
