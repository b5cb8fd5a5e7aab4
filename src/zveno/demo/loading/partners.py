"""Rows of accounts and partners: regions, companies, entities, people, terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from zveno.demo.loading.bulk import copy_rows
from zveno.demo.rules.parties import DISTRIBUTORS, OPERATOR, SALES_HOUSE
from zveno.demo.rules.people import PASSWORD
from zveno.demo.world import World


def load(world: World) -> None:
    """Everything of accounts and partners."""
    copy_rows(
        "partners.Region",
        ("id", "parent_id", "code", "name", "name_en", "time_zone"),
        ((p.id, p.parent, p.code, p.name, p.name_en, p.time_zone) for p in world.places),
    )
    _companies(world)
    _people(world)
    _terms(world)


def began_on(world: World) -> date:
    """The day from which the channel works."""
    return world.today.replace(day=1) - timedelta(days=3 * 365)


def _companies(world: World) -> None:
    sellers = {SALES_HOUSE, *DISTRIBUTORS}
    copy_rows(
        "partners.Company",
        ("id", "name", "is_operator", "is_seller", "is_buyer", "is_distributor", "region_id", "time_zone", "code",
         "created_at"),
        (
            (c.id, c.name, c.id == OPERATOR, c.id in sellers, c.id not in (OPERATOR, SALES_HOUSE),
             c.id in DISTRIBUTORS, c.place.id, c.place.time_zone, c.code, began_on(world))
            for c in world.companies
        ),
    )  # fmt: skip
    copy_rows(
        "partners.LegalEntity",
        ("id", "company_id", "main_id", "name", "full_name", "inn", "kpp", "ogrn", "region_id", "legal_address",
         "delivery_address", "is_default", "created_at"),
        (
            (e.id, e.company, e.main, e.name, e.full_name, e.inn, e.kpp, e.ogrn, e.place.id, e.address, e.address,
             e.is_default, began_on(world))
            for e in world.entities
        ),
    )  # fmt: skip


def _people(world: World) -> None:
    # One hash for all: each costs a tenth of a second on purpose.
    password = make_password(PASSWORD)
    copy_rows(
        "accounts.User",
        ("id", "password", "email", "name", "phone", "time_zone", "created_at"),
        ((p.id, password, p.address, p.name, p.phone, p.time_zone, began_on(world)) for p in world.people),
    )
    copy_rows(
        "partners.Member",
        ("id", "company_id", "user_id", "role", "appointed_by_id", "created_at"),
        ((p.id, p.company, p.id, p.role, 1 if p.id > 1 else None, began_on(world)) for p in world.people),
    )
    main = {e.company: e.id for e in world.entities if e.is_default}
    copy_rows(
        "partners.MemberEntity",
        ("member_id", "entity_id", "company_id", "user_id"),
        ((p.id, main[p.company], p.company, p.id) for p in world.people if p.bound),
    )


def managers(world: World) -> dict[int, list[int]]:
    """Seller → ids of its managers (a member has the id of its user)."""
    found: dict[int, list[int]] = {}
    for person in world.people:
        if person.role == "seller_manager":
            found.setdefault(person.company, []).append(person.id)
    return found


def _terms(world: World) -> None:
    copy_rows(
        "partners.TradeTerms",
        ("seller_id", "buyer_company_id", "buyer_entity_id", "credit_limit",
         "payment_delay_days", "contract_number", "region_id", "manager_id", "valid_from", "valid_to"),
        _terms_rows(world),
    )  # fmt: skip


def _terms_rows(world: World) -> Iterator[tuple[Any, ...]]:
    region = {entity.id: entity.place.id for entity in world.entities}
    of_seller = managers(world)
    first, changed = began_on(world), world.today - timedelta(days=400)
    for number, t in enumerate(world.terms):
        manager = of_seller[t.seller][number % len(of_seller[t.seller])]
        base = (t.seller, t.buyer, t.entity)
        tail = (t.delay_days, t.contract, region[t.entity], manager)
        since = first
        if number % 6 == 0:
            # Agreed anew a year ago, on better terms.
            yield (*base, t.credit_limit / 2, *tail, first, changed)
            since = changed
        yield (*base, t.credit_limit, *tail, since, None)
