"""Units and currencies as people write them, in the codes of the canonical language."""

from __future__ import annotations

import re

# ОКЕИ: code → (short name, international). Only what is met in trade; other three-digit codes pass as they are.
UNITS: dict[str, tuple[str, str]] = {
    "003": ("мм", "MMT"),
    "004": ("см", "CMT"),
    "006": ("м", "MTR"),
    "018": ("пог. м", ""),
    "055": ("м2", "MTK"),
    "111": ("мл", "MLT"),
    "112": ("л", "LTR"),
    "113": ("м3", "MTQ"),
    "163": ("г", "GRM"),
    "166": ("кг", "KGM"),
    "168": ("т", "TNE"),
    "356": ("ч", "HUR"),
    "359": ("сут", "DAY"),
    "362": ("мес", "MON"),
    "625": ("лист", ""),
    "704": ("набор", "SET"),
    "715": ("пар", "NPR"),
    "728": ("пач", ""),
    "736": ("рул", ""),
    "778": ("упак", "NMP"),
    "796": ("шт", "PCE"),
    "798": ("тыс. шт", "MIL"),
    "812": ("ящ", ""),
    "839": ("компл", ""),
    "868": ("бут", "BO"),
    "872": ("флак", ""),
    "876": ("усл. ед", ""),
}

_UNIT_WORDS: dict[str, str] = {
    "штука": "796", "штук": "796", "pcs": "796", "килограмм": "166", "kg": "166", "грамм": "163", "гр": "163",
    "литр": "112", "метр": "006", "м.п": "018", "мп": "018", "погм": "018", "погонныйметр": "018", "кв.м": "055",
    "квм": "055", "м²": "055", "квадратныйметр": "055", "куб.м": "113", "кубм": "113", "м³": "113", "тонна": "168",
    "упаковка": "778", "уп": "778", "пара": "715", "набо": "704", "рулон": "736", "ящик": "812", "комп": "839",
    "комплект": "839", "кмп": "839", "бутылка": "868", "флакон": "872", "час": "356", "пачка": "728", "усл.ед": "876",
}  # fmt: skip

_CURRENCY_WORDS: dict[str, str] = {
    "руб": "RUB", "р": "RUB", "рубль": "RUB", "рубли": "RUB", "₽": "RUB", "rur": "RUB", "643": "RUB", "810": "RUB",
    "долл": "USD", "доллар": "USD", "$": "USD", "840": "USD", "евро": "EUR", "€": "EUR", "978": "EUR",
    "грн": "UAH", "гривна": "UAH", "₴": "UAH", "980": "UAH", "тенге": "KZT", "тг": "KZT", "₸": "KZT", "398": "KZT",
    "белруб": "BYN", "byr": "BYN", "933": "BYN", "974": "BYN", "сом": "KGS", "417": "KGS", "юань": "CNY", "156": "CNY",
    "сум": "UZS", "860": "UZS", "драм": "AMD", "051": "AMD",
}  # fmt: skip

_ISO_CURRENCY = re.compile(r"[A-Za-z]{3}")


def _folded(word: str) -> str:
    return word.lower().replace(" ", "").replace("\u00a0", "").rstrip(".")


_BY_WORD = (
    {_folded(short): code for code, (short, _) in UNITS.items()}
    | {international.lower(): code for code, (_, international) in UNITS.items() if international}
    | _UNIT_WORDS
)


def unit_code(word: str) -> str:
    """The ОКЕИ code `word` means (a code, a short or full name, an international one); `""` if none we know."""
    folded = _folded(word)
    if folded.isdigit():
        return folded.rjust(3, "0") if len(folded) <= 3 else ""
    return _BY_WORD.get(folded, "")


def currency_code(word: str) -> str:
    """The ISO 4217 code `word` means; `""` if it is none we know."""
    folded = _folded(word).replace(".", "")
    known = _CURRENCY_WORDS.get(folded)
    if known:
        return known
    return word.upper() if _ISO_CURRENCY.fullmatch(word) else ""
