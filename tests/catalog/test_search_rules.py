"""The text that typing searches, and what of a shown text was typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.catalog.rules.search import LETTERS_MOST, WORDS_MOST, matched_spans, search_text, typed


def test_the_text_holds_the_folded_code_the_name_and_the_barcodes() -> None:
    text = search_text(code="СВ-00012", name="Лампа А60 ёлочная", brand="Эра", barcodes=["4600000000017"])
    assert text == "cb00012 лампа а60 елочная эра a60 4600000000017"


@pytest.mark.parametrize(
    ("case", "shown", "query", "marked"),
    [
        ("part of a word", "Лампа белая", "амп", ["амп"]),
        ("ё as е", "Ёлочная свеча", "елоч", ["Ёлоч"]),
        ("a code by its letters alone", "АВ-12", "ab1", ["АВ-1"]),
        ("two words", "Лампа белая", "бел ла", ["Ла", "бел"]),
        ("neighbours become one", "Лампа", "лам па", ["Лампа"]),
        ("nothing of it", "Лампа", "свет", []),
    ],
)
def test_what_was_typed_is_marked(case: str, shown: str, query: str, marked: list[str]) -> None:
    assert [shown[start:end] for start, end in matched_spans(shown, typed(query))] == marked, case


@pytest.mark.parametrize("nothing", ["", "   ", "—", "!?%_", "\x00"])
def test_signs_alone_ask_for_nothing(nothing: str) -> None:
    assert not typed(nothing)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_typing_is_safe_and_bounded(query: str, shown: str) -> None:
    asked = typed(query)
    assert len(asked.words) <= WORDS_MOST
    assert len(asked.text) <= LETTERS_MOST
    spans = matched_spans(shown, asked)
    assert all(0 <= start < end <= len(shown) for start, end in spans)
    assert all(first[1] < second[0] for first, second in pairwise(spans))
