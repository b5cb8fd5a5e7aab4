"""Checking what was chosen for the options of a connection against what its format offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Protocol

LONGEST = 200


class Offered(Protocol):
    """An option as its format describes it."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def choices(self) -> tuple[tuple[str, object], ...]: ...

    @property
    def least(self) -> int: ...

    @property
    def most(self) -> int: ...


def checked_options(offered: Sequence[Offered], told: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The values as they are kept, and what is wrong: name of the option → code. What was not told is left out."""
    values: dict[str, str] = {}
    problems: dict[str, str] = {}
    for option in offered:
        if option.name not in told:
            continue
        text = told[option.name].strip()
        problem = _problem(option, text)
        if problem:
            problems[option.name] = problem
        else:
            values[option.name] = _plain(option, text)
    return values, problems


def _problem(option: Offered, text: str) -> str:
    if option.kind == "choice":
        return "" if text in {value for value, _ in option.choices} else "choice_unknown"
    if option.kind == "text":
        return "text_too_long" if len(text) > LONGEST else ""
    if option.kind == "decimal" and not text:
        return ""
    number = _number(text)
    if number is None or (option.kind == "whole" and number != number.to_integral_value()):
        return "number_wrong"
    return "out_of_range" if not option.least <= number <= option.most else ""


def _plain(option: Offered, text: str) -> str:
    if option.kind == "whole":
        return str(int(_number(text) or 0))
    return text.replace(",", ".") if option.kind == "decimal" else text


def _number(text: str) -> Decimal | None:
    compact = "".join(text.split()).replace(",", ".")
    try:
        number = Decimal(compact)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**15 else None
