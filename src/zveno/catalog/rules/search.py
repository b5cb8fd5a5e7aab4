"""The text of a product that typing searches, and the same folding for what was typed."""

from __future__ import annotations

from collections.abc import Iterable

from zveno.kit.codes import fold_code, fold_text


def search_text(*, code: str, name: str, brand: str = "", barcodes: Iterable[str] = ()) -> str:
    """What is kept in `Product.search_text`: code, name, brand, barcodes in lower case, then the folded code.

    The folded code (see `folded_word`) stands last, so «АБ-12» is found by `ab12` typed on either keyboard.
    """
    told = fold_text(" ".join(part for part in (code, name, brand, *barcodes) if part))
    folded = folded_word(code)
    return f"{told} {folded}" if folded else told


def folded_word(word: str) -> str:
    """`word` as the folded code in `search_text`: lower case, look-alike Cyrillic as Latin, no punctuation."""
    return fold_code(word).lower()
