"""OGRN of companies and entrepreneurs."""

from __future__ import annotations

import pytest

from zveno.kit.codes import is_ogrn


@pytest.mark.parametrize(
    ("case", "value", "right"),
    [
        ("a company", "1022200525819", True),
        ("an entrepreneur", "385768585948949", True),
        ("an entrepreneur whose remainder is above nine", "319770000000330", True),
        ("a wrong control digit", "319770000000331", False),
        ("letters", "31977000000033A", False),
        ("neither length", "31977000000033", False),
        ("a first digit of no registry", "119770000000337", False),
    ],
)
def test_control_digit_of_an_ogrn(case: str, value: str, right: bool) -> None:
    assert is_ogrn(value) is right, case
