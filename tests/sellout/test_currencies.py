"""In which currency a file's figures are."""

from __future__ import annotations

import pytest

from zveno.sellout.rules.currencies import currency_of
from zveno.sellout.rules.mapping import Mapping, Source


@pytest.mark.parametrize(
    ("case", "told", "heads", "expected"),
    [
        ("the lines' own word goes first", ["тенге"], ["сумма руб"], "KZT"),
        ("the head of the sum", [], ["сумма тг"], "KZT"),
        ("a sign is a word", ["€"], [], "EUR"),
        ("an ISO code in any case", ["usd"], [], "USD"),
        ("a numeric code of 1С", ["643"], [], "RUB"),
        ("nothing told", [], ["сумма"], ""),
        ("an unknown word is no currency", ["шт"], [], ""),
    ],
)
def test_the_currency_is_what_the_file_says(case: str, told: list[str], heads: list[str], expected: str) -> None:
    sources = tuple(Source("amount", "C", head) for head in heads)
    assert currency_of(Mapping("s", (), 1, sources), told) == expected, case
