"""Codes of legal entities by table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world import inn, ogrn, person_inn

from zveno.partners.rules.entities import clean_code, code_problems
from zveno.partners.rules.naming import short_code

GOOD = {"inn": "7707083893", "kpp": "773601001", "ogrn": "1027700132195"}


@pytest.mark.parametrize(
    ("case", "codes", "expected"),
    [
        ("a bank's real codes", GOOD, []),
        ("a company without OGRN", {**GOOD, "ogrn": ""}, []),
        ("a slip in the INN", {**GOOD, "inn": "7707083894"}, [("inn", "control")]),
        ("no INN", {**GOOD, "inn": ""}, [("inn", "missing")]),
        ("letters in the INN", {**GOOD, "inn": "77O7083893"}, [("inn", "not_digits")]),
        ("figures of another script", {**GOOD, "inn": "٧٧٠٧٠٨٣٨٩٣"}, [("inn", "not_digits")]),
        ("eight digits", {**GOOD, "inn": "77070838"}, [("inn", "length")]),
        ("a company without KPP", {**GOOD, "kpp": ""}, [("kpp", "missing")]),
        ("a short KPP", {**GOOD, "kpp": "7736010"}, [("kpp", "form")]),
        ("a KPP with letters where they may be", {**GOOD, "kpp": "7736AB001"}, []),
        ("a slip in the OGRN", {**GOOD, "ogrn": "1027700132196"}, [("ogrn", "control")]),
        ("an OGRNIP at a company", {**GOOD, "ogrn": "304500116000157"}, [("ogrn", "length")]),
        ("a sole trader", {"inn": "500100732259", "kpp": "", "ogrn": "304500116000157"}, []),
        ("a sole trader with KPP", {"inn": "500100732259", "kpp": "773601001"}, [("kpp", "not_for_traders")]),
        ("abroad", {"inn": "DE123", "kpp": "", "country": "DE"}, []),
        ("two faults", {"inn": "1", "kpp": ""}, [("inn", "length"), ("kpp", "missing")]),
    ],
)
def test_codes_are_checked(case: str, codes: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert [(p.field, p.kind) for p in code_problems(**codes)] == expected


@given(st.integers(min_value=0, max_value=9_999_999))
def test_every_made_code_passes(number: int) -> None:
    assert code_problems(inn=inn(number), kpp="770701001", ogrn=ogrn(number)) == ()
    assert code_problems(inn=person_inn(number)) == ()


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_judged_without_a_crash(one: str, two: str, three: str) -> None:
    code_problems(inn=clean_code(one), kpp=clean_code(two), ogrn=clean_code(three))


def test_a_pasted_code_loses_blanks_and_dashes() -> None:
    assert clean_code(" 7707 08\u00a03893-") == "7707083893"


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("ООО «Свет»", (), "SVET"),
        ("ООО «Свет»", ("SVET",), "SVET2"),
        ("Электроторг-Юг", (), "ELEKTR"),
        ("«»", (), "C"),
        ("Light & Co", (), "LIGHTC"),
    ],
)
def test_a_short_code_is_made_of_the_name(name: str, taken: tuple[str, ...], code: str) -> None:
    assert short_code(name, taken) == code
