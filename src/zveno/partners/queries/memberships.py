"""The companies a person may act for, as the first page and the switcher show them."""

from __future__ import annotations

from dataclasses import dataclass

from zveno.base.scope import Scope, Section, entered
from zveno.partners.queries.actors import EntityValue, own_memberships
from zveno.partners.rules.roles import Role


@dataclass(frozen=True, slots=True)
class MembershipValue:
    """One company a person may act for, with the entities they are bound to."""

    member_id: int
    company_id: int
    company_name: str
    role: Role
    is_operator: bool
    is_seller: bool
    is_buyer: bool
    entities: tuple[EntityValue, ...]


def memberships_of(*, user_id: int) -> list[MembershipValue]:
    """The companies this person may act for: neither they nor the company are blocked. Needs an open transaction."""
    with entered(Scope(section=Section.NOBODY, user_id=user_id)):
        found = own_memberships(user_id)
    return [
        MembershipValue(
            member_id=m.member_id,
            company_id=m.company.pk,
            company_name=m.company.name,
            role=m.role,
            is_operator=m.company.is_operator,
            is_seller=m.company.is_seller,
            is_buyer=m.company.is_buyer,
            entities=m.entities,
        )
        for m in found
    ]
