"""Codes of made-up companies and goods with right control digits."""

from __future__ import annotations

_INN10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN12_FIRST = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN12_SECOND = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def company_inn(tax_region: str, number: int) -> str:
    """The ten-digit INN of company `number` (below 100,000) of a tax region. The inspection is `00`: no real one is."""
    body = f"{tax_region}00{number:05d}"
    return f"{body}{_weighed(body, _INN10)}"


def person_inn(tax_region: str, number: int) -> str:
    """The twelve-digit INN of an entrepreneur."""
    body = f"{tax_region}00{number:06d}"
    body += str(_weighed(body, _INN12_FIRST))
    return f"{body}{_weighed(body, _INN12_SECOND)}"


def kpp(tax_region: str, number: int = 1) -> str:
    """A KPP in the inspection that does not exist."""
    return f"{tax_region}0001{number:03d}"


def company_ogrn(tax_region: str, year: int, number: int) -> str:
    """The OGRN of a company entered in `year`."""
    body = f"1{year % 100:02d}{tax_region}00{number:05d}"
    return f"{body}{int(body) % 11 % 10}"


def person_ogrn(tax_region: str, year: int, number: int) -> str:
    """The OGRNIP of an entrepreneur entered in `year`."""
    body = f"3{year % 100:02d}{tax_region}00{number:07d}"
    return f"{body}{int(body) % 13 % 10}"


def ean13(number: int) -> str:
    """The EAN-13 of product `number`, under the prefix 200 that GS1 leaves for use inside a company."""
    body = f"200{number:09d}"
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-weighed % 10}"


def _weighed(body: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11 % 10
