"""The clients of a seller: entities that buy from it by trade terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zveno.base.clock import today_at
from zveno.base.scope import current
from zveno.partners.models import LegalEntity, TradeTerms


@dataclass(frozen=True, slots=True)
class ClientValue:
    """A buyer's entity with terms today, and the manager who answers for it."""

    entity_id: int
    entity_name: str
    inn: str
    company_id: int
    company_name: str
    manager_member_id: int | None
    manager_name: str


def clients_of(*, seller_id: int, time_zone: str) -> list[ClientValue]:
    """Entities with terms with the seller that hold today, by company and name; blocked companies left out."""
    today = today_at(time_zone)
    rows = (
        TradeTerms.objects.visible_to(current())
        .filter(seller_id=seller_id, valid_from__lte=today, buyer_company__blocked_at=None)
        .filter(Q(valid_to=None) | Q(valid_to__gt=today))
        .select_related("buyer_entity", "buyer_company", "manager__user")
        .order_by("buyer_company__name", "buyer_entity__name")
    )
    return [
        ClientValue(
            entity_id=t.buyer_entity_id,
            entity_name=t.buyer_entity.name,
            inn=t.buyer_entity.inn,
            company_id=t.buyer_company_id,
            company_name=t.buyer_company.name,
            manager_member_id=t.manager_id,
            manager_name=t.manager.user.shown_name if t.manager else "",
        )
        for t in rows
    ]


def client_entity_ids(*, seller_id: int, on: date) -> list[int]:
    """Ids of the entities that buy from the seller on that day, in order."""
    rows = TradeTerms.objects.visible_to(current()).filter(seller_id=seller_id, valid_from__lte=on)
    in_force = rows.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    return list(in_force.order_by("buyer_entity_id").values_list("buyer_entity_id", flat=True).distinct())


def client_entity(*, seller_id: int, entity_id: int, time_zone: str) -> LegalEntity | None:
    """The entity with its company, if it buys from the seller today and its company is not blocked."""
    today = today_at(time_zone)
    terms = (
        TradeTerms.objects.visible_to(current())
        .filter(seller_id=seller_id, buyer_entity_id=entity_id, valid_from__lte=today, buyer_company__blocked_at=None)
        .filter(Q(valid_to=None) | Q(valid_to__gt=today))
        .select_related("buyer_entity__company")
        .first()
    )
    return terms.buyer_entity if terms else None
