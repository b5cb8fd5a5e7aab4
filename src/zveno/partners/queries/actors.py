"""Who acts: the member, company and entity behind a request, with the rights and the scope they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from zveno.base.clock import today_at
from zveno.base.scope import Scope, Section, current, entered, refine
from zveno.partners.models import Company, LegalEntity, Member, MemberEntity, TradeTerms
from zveno.partners.rules.roles import OPERATOR_ROLES, Right, Role, rights_of

COMPANY_KEY = "company_id"
ENTITY_KEY = "entity_id"


@dataclass(frozen=True, slots=True)
class EntityValue:
    """A legal entity as the switcher shows it."""

    id: int
    name: str
    inn: str


@dataclass(frozen=True, slots=True)
class TermsValue:
    """Trade terms of one entity with one seller, as they hold on a day."""

    id: int
    seller_id: int
    buyer_entity_id: int
    price_kind_id: int | None
    discount_percent: Decimal
    currency: str
    credit_limit: Decimal | None
    payment_delay_days: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in a section: for which company and entity, with which rights, seeing what."""

    user_id: int
    user_name: str
    company_id: int
    company_name: str
    company_is_seller: bool
    company_is_buyer: bool
    company_is_distributor: bool
    company_is_operator: bool
    time_zone: str
    member_id: int
    role: Role
    entity_id: int | None
    entities: tuple[EntityValue, ...]
    terms: tuple[TermsValue, ...]
    rights: frozenset[Right]
    scope: Scope

    @property
    def entity(self) -> EntityValue | None:
        return next((e for e in self.entities if e.id == self.entity_id), None)

    def terms_with(self, seller_id: int) -> TermsValue | None:
        """The current entity's terms with a seller, if there are any today."""
        return next((t for t in self.terms if t.seller_id == seller_id and t.buyer_entity_id == self.entity_id), None)

    @property
    def seller_ids(self) -> tuple[int, ...]:
        """Sellers that the current entity buys from, in the order of the terms."""
        return tuple(t.seller_id for t in self.terms if t.buyer_entity_id == self.entity_id)


@dataclass(frozen=True, slots=True)
class MembershipValue:
    """One company a person may act for."""

    member_id: int
    company_id: int
    company_name: str
    role: Role
    is_operator: bool
    is_seller: bool


def find_actor(*, user: Any, section: Section, chosen: Mapping[str, Any]) -> Actor | None:
    """The actor for `section`, by the company and entity chosen in `chosen` where they fit; None for a stranger.

    Runs inside the request's transaction; leaves no scope entered.
    """
    with entered(Scope(section=Section.NOBODY, user_id=user.pk)):
        found = [(m, c) for m, c in _memberships(user.pk) if _serves(m, c, section)]
        if not found:
            return None
        member, company = next((pair for pair in found if pair[1].pk == chosen.get(COMPANY_KEY)), found[0])
        return _actor_of(user, member, company, section, chosen.get(ENTITY_KEY))


def memberships_of(*, user_id: int) -> list[MembershipValue]:
    """The companies this person may act for: neither they nor the company are blocked."""
    with entered(Scope(section=Section.NOBODY, user_id=user_id)):
        return [
            MembershipValue(
                member_id=m.pk,
                company_id=c.pk,
                company_name=c.name,
                role=Role(m.role),
                is_operator=c.is_operator,
                is_seller=c.is_seller,
            )
            for m, c in _memberships(user_id)
        ]


def _memberships(user_id: int) -> list[tuple[Member, Company]]:
    members = list(Member.objects.unscoped("one's own memberships").filter(user_id=user_id, blocked_at=None))
    refine(Scope(section=Section.NOBODY, user_id=user_id, companies=tuple(m.company_id for m in members)))
    ids = [m.company_id for m in members]
    companies = Company.objects.visible_to(current()).filter(pk__in=ids, blocked_at=None).in_bulk()
    pairs = [(m, companies[m.company_id]) for m in members if m.company_id in companies]
    return sorted(pairs, key=lambda pair: pair[1].name)


def _serves(member: Member, company: Company, section: Section) -> bool:
    if section is Section.DESK:
        return company.is_operator and Role(member.role) in OPERATOR_ROLES
    if section is Section.SELLING:
        return company.is_seller and Role(member.role) not in OPERATOR_ROLES
    return company.is_buyer and Role(member.role) not in OPERATOR_ROLES


def _actor_of(user: Any, member: Member, company: Company, section: Section, entity_id: object) -> Actor:
    today = today_at(company.time_zone)
    entities = _entities(company, member)
    ids = tuple(e.id for e in entities)
    terms = tuple(_terms_today(ids, today)) if section is Section.BUYING else ()
    chosen = next((e.id for e in entities if e.id == entity_id), ids[0] if ids else None)
    sellers = tuple(sorted({t.seller_id for t in terms})) if section is Section.BUYING else (company.pk,)
    clients = _clients(user.pk, company) if section is Section.SELLING else set()
    scope = Scope(
        section=section,
        user_id=user.pk,
        companies=(company.pk,),
        entities=ids,
        sellers=sellers,
        price_kinds=tuple(sorted({t.price_kind_id for t in terms if t.price_kind_id is not None})),
        known_companies=tuple(sorted({company.pk, *sellers, *clients})),
        actor_name=user.shown_name,
    )
    return Actor(
        user_id=user.pk,
        user_name=user.shown_name,
        company_id=company.pk,
        company_name=company.name,
        company_is_seller=company.is_seller,
        company_is_buyer=company.is_buyer,
        company_is_distributor=company.is_distributor,
        company_is_operator=company.is_operator,
        time_zone=company.time_zone,
        member_id=member.pk,
        role=Role(member.role),
        entity_id=chosen,
        entities=entities,
        terms=terms,
        rights=rights_of(Role(member.role), sells=company.is_seller),
        scope=scope,
    )


def _entities(company: Company, member: Member) -> tuple[EntityValue, ...]:
    rows = LegalEntity.objects.visible_to(current()).filter(company=company).order_by("-is_default", "name")
    bound = MemberEntity.objects.unscoped("one's own bindings").filter(member=member)
    bound_ids = set(bound.values_list("entity_id", flat=True))
    return tuple(EntityValue(id=e.pk, name=e.name, inn=e.inn) for e in rows if not bound_ids or e.pk in bound_ids)


def _terms_today(entity_ids: tuple[int, ...], today: date) -> list[TermsValue]:
    rows = (
        TradeTerms.objects.visible_to(current())
        .filter(buyer_entity_id__in=entity_ids, valid_from__lte=today)
        .filter(Q(valid_to=None) | Q(valid_to__gt=today))
        .order_by("id")
    )
    return [
        TermsValue(
            id=t.pk,
            seller_id=t.seller_id,
            buyer_entity_id=t.buyer_entity_id,
            price_kind_id=t.price_kind_id,
            discount_percent=t.discount_percent,
            currency=t.currency,
            credit_limit=t.credit_limit,
            payment_delay_days=t.payment_delay_days,
        )
        for t in rows
    ]


def _clients(user_id: int, company: Company) -> set[int]:
    refine(Scope(section=Section.SELLING, user_id=user_id, companies=(company.pk,), sellers=(company.pk,)))
    terms = TradeTerms.objects.visible_to(current())
    return set(terms.values_list("buyer_company_id", flat=True).distinct())
