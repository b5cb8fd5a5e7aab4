"""What typing searches: the text kept beside each product, and the pieces that typed words become.

The text is made of three parts: the folded code, the folded name with brand, the barcodes. A word typed finds a product
when one of its two forms, as text or as code, stands anywhere in that text. Codes fold look-alike letters, so «АВ12»
finds «AB-12»; words of a name that hold a digit («А60», «10х20») are kept in both forms for the same reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zveno.kit.codes import fold_code, fold_text

WORDS_MOST = 8
LETTERS_MOST = 120


@dataclass(frozen=True, slots=True)
class Typed:
    """A query taken apart. `words`: the forms of each word, any of which may be in the text; `code`: all as a code."""

    text: str
    words: tuple[tuple[str, ...], ...]
    code: str

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def plain_words(self) -> tuple[str, ...]:
        """The words as text, for comparing by likeness."""
        return tuple(fold_text(word) for word in self.text.split())[:WORDS_MOST]


def search_text(*, code: str, name: str, brand: str = "", barcodes: Sequence[str] = ()) -> str:
    """The text in which a product is searched, as kept in `Product.search_text`."""
    title = fold_text(f"{name} {brand}")
    codelike = [folded for word in title.split() if _has_digit(word) and (folded := _as_code(word)) != word]
    return " ".join(part for part in (_as_code(code), title, *codelike, *barcodes) if part)


def typed(query: str) -> Typed:
    """What `query` asks for; nothing when it holds no letter and no digit. At most eight words are heeded."""
    text = " ".join(query[:LETTERS_MOST].split())
    words = tuple(_forms(word) for word in text.split() if _as_code(word))[:WORDS_MOST]
    return Typed(text=text, words=words, code=fold_code(text) if words else "")


def matched_spans(text: str, query: Typed) -> list[tuple[int, int]]:
    """Where the typed words stand in `text` as it is shown: half-open spans, in order, not overlapping."""
    folded = text.lower().replace("ё", "е")
    if len(folded) != len(text):
        return []
    found: list[tuple[int, int]] = []
    for forms in query.words:
        found += [span for form in forms if (span := _span_in(text, folded, form))][:1]
    return _joined(found)


def _span_in(text: str, folded: str, form: str) -> tuple[int, int] | None:
    at = folded.find(form)
    if at >= 0:
        return at, at + len(form)
    # As a code: compare letter by letter, skipping what folding drops («СВ-00012» by «cb000»).
    letters = [(place, _as_code(letter)) for place, letter in enumerate(text)]
    kept = [(place, letter) for place, letter in letters if letter]
    at = "".join(letter for _, letter in kept).find(form)
    if at < 0 or any(len(letter) != 1 for _, letter in kept):
        return None
    return kept[at][0], kept[at + len(form) - 1][0] + 1


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _forms(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in (fold_text(word), _as_code(word)) if form))


def _as_code(word: str) -> str:
    return fold_code(word).lower()


def _has_digit(word: str) -> bool:
    return bool(re.search(r"\d", word))
