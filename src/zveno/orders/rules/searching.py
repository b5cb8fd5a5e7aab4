"""What a search of orders looks in."""

from __future__ import annotations

from collections.abc import Iterable

from zveno.kit.codes import fold_code, fold_text


def search_text(*, number: str, erp_number: str, buyer: str, comment: str, lines: Iterable[tuple[str, str]]) -> str:
    """One folded text of an order: its numbers, its buyer's name, its comment, the code and name of each line.

    Codes stand in it as written and folded, so that they are found with or without their dashes, in either alphabet.
    """
    words = [number, erp_number, buyer, comment]
    for code, name in lines:
        words += [code, fold_code(code), name]
    return fold_text(" ".join(word for word in dict.fromkeys(words) if word))
