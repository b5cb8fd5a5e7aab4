"""Who acts: the member, company and entity behind a request, with the rights and the scope they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from zveno.base.clock import today_at
from zveno.base.scope import Scope, Section, current, entered, refine
from zveno.partners.models import Company, LegalEntity, Member, TradeTerms
from zveno.partners.rules.roles import ACTING_RIGHTS, OPERATOR_ROLES, Right, Role, may_act_for_clients, rights_of

# Keys of the session (or of any mapping) that say what the person chose.
COMPANY_KEY = "company_id"
ENTITY_KEY = "entity_id"
ACTING_KEY = "acting_for_entity_id"


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
    currency: str
    credit_limit: Decimal | None
    payment_delay_days: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in a section: for which company and entity, with which rights, seeing what.

    Where a seller's manager acts for a client, `company_*` and `entity` are the client's, and `acting_seller_id` with
    `own_company_name` say whose manager it is.
    """

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
    acting_seller_id: int | None = None
    own_company_name: str = ""
    # The person's other companies, id and name: the switcher offers them.
    other_companies: tuple[tuple[int, str], ...] = ()

    @property
    def is_acting(self) -> bool:
        """Whether this is a seller's manager acting for a client."""
        return self.acting_seller_id is not None

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
class Membership:
    """A person's place in a company that is not blocked; `entities` are those they may act for."""

    member_id: int
    role: Role
    company: Company
    entities: tuple[EntityValue, ...]


def find_actor(*, user: Any, section: Section, chosen: Mapping[str, Any]) -> Actor | None:
    """The actor for `section`, by the company and entity chosen in `chosen` where they fit; None for a stranger.

    Runs inside the request's transaction; leaves no scope entered.
    """
    with entered(Scope(section=Section.NOBODY, user_id=user.pk)):
        return look_up_actor(user=user, sections=(section,), chosen=chosen)


def look_up_actor(*, user: Any, sections: Sequence[Section], chosen: Mapping[str, Any]) -> Actor | None:
    """As `find_actor`, within the person's own scope that the caller has entered; the caller refines it afterwards.

    Of several `sections` the first that the chosen company has is taken.
    """
    found = own_memberships(user.pk)
    if Section.BUYING in sections and len(sections) == 1 and chosen.get(ACTING_KEY):
        acting = _acting_actor(user, found, chosen[ACTING_KEY])
        if acting is not None:
            return acting
    fitting = [(m, s) for m in found for s in sections if _serves(m, s)]
    if not fitting:
        return None
    wanted = chosen.get(COMPANY_KEY)
    membership, section = next((pair for pair in fitting if pair[0].company.pk == wanted), fitting[0])
    actor = _actor_of(user, membership, section, chosen.get(ENTITY_KEY))
    others = tuple((m.company.pk, m.company.name) for m in found if m.company.pk != membership.company.pk)
    return replace(actor, other_companies=others)


def own_memberships(user_id: int) -> list[Membership]:
    """The places of a person in companies, by company name; two statements. Needs the person's own scope entered."""
    rows = (
        Member.objects.unscoped("one's own memberships")
        .filter(user_id=user_id, blocked_at=None)
        .annotate(bound=ArrayAgg("bindings__entity_id", filter=Q(bindings__isnull=False), default=[]))
    )
    members = {m.company_id: m for m in rows}
    refine(Scope(section=Section.NOBODY, user_id=user_id, companies=tuple(members)))
    companies = _companies_with_entities(list(members))
    return [
        Membership(
            member_id=members[company.pk].pk,
            role=Role(members[company.pk].role),
            company=company,
            entities=_bound(entities, set(members[company.pk].bound)),
        )
        for company, entities in companies
    ]


def _companies_with_entities(ids: list[int]) -> list[tuple[Company, list[tuple[EntityValue, int | None]]]]:
    if not ids:
        return []
    rows = LegalEntity.objects.visible_to(current()).filter(company_id__in=ids).order_by("-is_default", "name", "pk")
    companies = Company.objects.visible_to(current()).filter(pk__in=ids, blocked_at=None).order_by("name", "pk")
    by_company: dict[int, list[tuple[EntityValue, int | None]]] = {}
    for e in rows.only("name", "inn", "main_id", "company_id"):
        by_company.setdefault(e.company_id, []).append((EntityValue(id=e.pk, name=e.name, inn=e.inn), e.main_id))
    return [(company, by_company.get(company.pk, [])) for company in companies]


def _bound(entities: list[tuple[EntityValue, int | None]], bound: set[int]) -> tuple[EntityValue, ...]:
    """Who is bound to a main entity sees its daughters; who is bound to a daughter sees only it (F20)."""
    return tuple(e for e, main_id in entities if not bound or e.id in bound or main_id in bound)


def _serves(membership: Membership, section: Section) -> bool:
    company, is_operators = membership.company, membership.role in OPERATOR_ROLES
    if section is Section.DESK:
        return company.is_operator and is_operators
    if section is Section.SELLING:
        return company.is_seller and not is_operators
    return company.is_buyer and not is_operators


def _actor_of(user: Any, membership: Membership, section: Section, entity_id: object) -> Actor:
    company, ids = membership.company, tuple(e.id for e in membership.entities)
    terms = tuple(_terms_today(ids, today_at(company.time_zone))) if section is Section.BUYING else ()
    sellers = tuple(sorted({t.seller_id for t in terms})) if section is Section.BUYING else (company.pk,)
    clients = _clients(user.pk, company) if section is Section.SELLING else set()
    scope = Scope(
        section=section,
        user_id=user.pk,
        companies=(company.pk,),
        entities=ids,
        sellers=sellers,
        known_companies=tuple(sorted({company.pk, *sellers, *clients})),
        actor_name=user.shown_name,
    )
    return _actor(
        user=user,
        company=company,
        scope=scope,
        member_id=membership.member_id,
        role=membership.role,
        entity_id=entity_id if entity_id in ids else next(iter(ids), None),
        entities=membership.entities,
        terms=terms,
        rights=rights_of(membership.role, sells=company.is_seller),
    )


def _acting_actor(user: Any, memberships: list[Membership], entity_id: object) -> Actor | None:
    """The seller's manager as the buyer of one client's entity, while the two have trade terms; None otherwise."""
    if not isinstance(entity_id, int):
        return None
    for own in (m for m in memberships if may_act_for_clients(m.role, sells=m.company.is_seller)):
        seller_id, today = own.company.pk, today_at(own.company.time_zone)
        known = Scope(section=Section.SELLING, user_id=user.pk, companies=(seller_id,), sellers=(seller_id,))
        refine(known)
        terms = tuple(_terms_today((entity_id,), today))
        if not terms:
            continue
        refine(_knowing_clients(known))
        entities = LegalEntity.objects.visible_to(current()).select_related("company")
        entity = entities.filter(pk=entity_id, company__blocked_at=None).first()
        if entity is None:
            continue
        return _actor(
            user=user,
            company=entity.company,
            scope=_acting_scope(user, seller_id, entity, terms),
            member_id=own.member_id,
            role=own.role,
            entity_id=entity.pk,
            entities=(EntityValue(id=entity.pk, name=entity.name, inn=entity.inn),),
            terms=terms,
            rights=ACTING_RIGHTS,
            acting_seller_id=seller_id,
            own_company_name=own.company.name,
        )
    return None


def _acting_scope(user: Any, seller_id: int, entity: LegalEntity, terms: tuple[TermsValue, ...]) -> Scope:
    return Scope(
        section=Section.BUYING,
        user_id=user.pk,
        companies=(entity.company_id,),
        entities=(entity.pk,),
        sellers=(seller_id,),
        only_sellers=(seller_id,),
        known_companies=tuple(sorted({entity.company_id, seller_id})),
        actor_name=user.shown_name,
        on_behalf_of=entity.company_id,
        on_behalf_of_name=entity.company.name,
    )


def _knowing_clients(scope: Scope) -> Scope:
    clients = TradeTerms.objects.visible_to(scope).values_list("buyer_company_id", flat=True).distinct()
    return Scope(
        section=scope.section,
        user_id=scope.user_id,
        companies=scope.companies,
        sellers=scope.sellers,
        known_companies=tuple(clients),
    )


def _actor(*, user: Any, company: Company, **rest: Any) -> Actor:
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
        **rest,
    )


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
