"""Whether the codes of a legal entity are right: INN, KPP and OGRN by form and control digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zveno.kit.codes import is_inn, is_kpp, is_ogrn

HOME_COUNTRY = "RU"


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """What is wrong with one code: the field's name and a word for the kind of fault."""

    field: str
    kind: str


def clean_code(value: str) -> str:
    """A code as typed or pasted, without blanks and dashes, in capitals."""
    return re.sub(r"[\s\u00a0\-–—]", "", value).upper()


def code_problems(*, inn: str, kpp: str = "", ogrn: str = "", country: str = HOME_COUNTRY) -> tuple[CodeProblem, ...]:
    """What is wrong with the (cleaned) codes of an entity; nothing for other countries, whose codes have other forms.

    A company has an INN of 10 digits and a KPP, and an OGRN of 13; a sole trader 12 digits, no KPP, an OGRNIP of 15.
    The OGRN may be absent.
    """
    if country != HOME_COUNTRY:
        return ()
    found = (_inn_problem(inn), _kpp_problem(inn, kpp), _ogrn_problem(inn, ogrn))
    return tuple(problem for problem in found if problem)


def _inn_problem(inn: str) -> CodeProblem | None:
    if not inn:
        return CodeProblem("inn", "missing")
    if not inn.isascii() or not inn.isdigit():
        return CodeProblem("inn", "not_digits")
    if len(inn) not in (10, 12):
        return CodeProblem("inn", "length")
    return None if is_inn(inn) else CodeProblem("inn", "control")


def _kpp_problem(inn: str, kpp: str) -> CodeProblem | None:
    if len(inn) == 12:
        return CodeProblem("kpp", "not_for_traders") if kpp else None
    if not kpp:
        return CodeProblem("kpp", "missing")
    return None if is_kpp(kpp) else CodeProblem("kpp", "form")


def _ogrn_problem(inn: str, ogrn: str) -> CodeProblem | None:
    if not ogrn:
        return None
    if not ogrn.isascii() or not ogrn.isdigit():
        return CodeProblem("ogrn", "not_digits")
    if len(ogrn) != (15 if len(inn) == 12 else 13):
        return CodeProblem("ogrn", "length")
    return None if is_ogrn(ogrn) else CodeProblem("ogrn", "control")
