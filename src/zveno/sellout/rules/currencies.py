"""In which currency a file's figures are: by the lines' own word, else by the heads of its money columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zveno.sellout.rules.mapping import Mapping

_WORDS = {
    "RUB": "rub rur руб рубль рубли рублей рублях р ₽ 643 810",
    "KZT": "kzt тг тенге теңге ₸ 398",
    "BYN": "byn byr бел белруб 933",
    "UAH": "uah грн гривна гривны гривен ₴ 980",
    "UZS": "uzs сум сўм 860",
    "KGS": "kgs сом 417",
    "AMD": "amd драм ֏ 051",
    "USD": "usd доллар доллары долларов $ 840",
    "EUR": "eur евро € 978",
    "GBP": "gbp фунт фунты £ 826",
    "CNY": "cny rmb юань юани юаней ¥ 156",
}
_BY_WORD = {word: code for code, words in _WORDS.items() for word in words.split()}
_SIGN_OR_WORD = re.compile(r"[₽₸₴֏$€£¥]|[^\W\d_]+|\d{3}")
_MONEY = ("amount", "price")


def currency_of(mapping: Mapping, told: Iterable[str] = ()) -> str:
    """ISO 4217 code of a file's money: `told` are the lines' words, the commonest first. Empty when nothing says it."""
    sources = [*mapping.sources, *(source for part in mapping.slices for source in part.sources)]
    heads = [source.key for source in sources if source.field in _MONEY]
    return next((code for text in (*told, *heads) if (code := _named(text))), "")


def _named(text: str) -> str:
    words = _SIGN_OR_WORD.findall(text.lower())
    return next((_BY_WORD[word] for word in words if word in _BY_WORD), "")
