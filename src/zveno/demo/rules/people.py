"""Who signs in to the demo world, and who else works there."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from zveno.demo.rules import names
from zveno.demo.rules.parties import DISTRIBUTORS, FIRST_DEALER, OPERATOR, SALES_HOUSE, Party

DOMAIN = "demo.zveno.example"
PASSWORD = "zveno-demo-2026"  # noqa: S105 - printed for everybody
STRANGER = FIRST_DEALER + 29

# Whose key, for which section, and the key itself: as open as the password.
API_KEYS = (
    ("dealer", "buying", "zv_dealer-of-the-demo-world"),
    ("sales", "selling", "zv_seller-of-the-demo-world"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A user and the one company they work for. `bound` ties them to the company's main entity alone."""

    id: int
    email: str
    name: str
    company: int
    role: str
    time_zone: str
    phone: str
    signs_in: bool = False
    bound: bool = False

    @property
    def address(self) -> str:
        return f"{self.email}@{DOMAIN}"


_SIGN_INS = (
    ("admin", "Наталья Ефимова", OPERATOR, "operator_admin", False),
    ("channel", "Денис Воронцов", OPERATOR, "channel_manager", False),
    ("finance", "Марина Зимина", OPERATOR, "operator_accountant", False),
    ("sales", "Олег Савин", SALES_HOUSE, "seller_manager", False),
    ("distributor", "Полина Громова", DISTRIBUTORS[0], "head", False),
    ("dealer", "Сергей Лапин", FIRST_DEALER, "head", False),
    ("buyer", "Анна Крылова", FIRST_DEALER, "buyer", True),
    ("viewer", "Глеб Осипов", FIRST_DEALER, "viewer", False),
    ("accountant", "Вера Тихонова", FIRST_DEALER, "accountant", False),
    ("stranger", "Роман Юдин", STRANGER, "head", False),
)


def people(companies: Sequence[Party], *, seed: int) -> list[Person]:
    """The ten who sign in, then a head for every company without one and managers for every seller; ids from 1."""
    by_id = {company.id: company for company in companies}
    found = [
        Person(at, email, name, company, role, by_id[company].place.time_zone, _phone(at), True, bound)
        for at, (email, name, company, role, bound) in enumerate(_SIGN_INS, 1)
    ]
    headed = {person.company for person in found if person.role == "head"}
    chance = random.Random(f"{seed}:people")  # noqa: S311 - a made-up world
    for company in companies:
        roles = [] if company.id in headed or company.id == OPERATOR else ["head"]
        roles += ["seller_manager"] * (3 if company.id == SALES_HOUSE else 2 if company.id in DISTRIBUTORS else 0)
        roles += ["buyer"] * (company.id >= FIRST_DEALER and company.id % 4 == 0)
        for role in roles:
            at = len(found) + 1
            email = f"{role.split('_')[-1]}{at}.{company.code.lower()}"
            zone = company.place.time_zone
            found.append(Person(at, email, names.person(chance), company.id, role, zone, _phone(at)))
    return found


def _phone(at: int) -> str:
    return f"+7 000 {at // 100:03d}-{at % 100:02d}-00"
