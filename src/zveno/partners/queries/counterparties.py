"""A seller's buyers as its accounting system names them: by tax numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zveno.base.scope import current
from zveno.partners.models import LegalEntity, TradeTerms


@dataclass(frozen=True, slots=True)
class CounterpartyValue:
    """A legal entity that has, or had, terms with the seller."""

    entity_id: int
    company_id: int
    name: str
    full_name: str
    inn: str
    kpp: str
    ogrn: str
    legal_address: str
    delivery_address: str


def buyers_by_tax_number(*, seller_id: int, inn: str, kpp: str = "") -> list[CounterpartyValue]:
    """The seller's buyers with this INN; with a KPP that one of them has, that one alone."""
    if not inn:
        return []
    found = _of_seller(seller_id, inn=inn)
    exact = [one for one in found if kpp and one.kpp == kpp]
    return exact or found


def buyers_of(*, seller_id: int, inns: Collection[str]) -> list[CounterpartyValue]:
    """The seller's buyers with any of these INNs."""
    return _of_seller(seller_id, inn__in=inns)


def buyers_by_entity(*, seller_id: int, entity_ids: Collection[int]) -> dict[int, CounterpartyValue]:
    """These of the seller's buyers, by the id of the legal entity."""
    return {one.entity_id: one for one in _of_seller(seller_id, pk__in=entity_ids)}


def _of_seller(seller_id: int, **which: object) -> list[CounterpartyValue]:
    tied = TradeTerms.objects.visible_to(current()).filter(seller_id=seller_id).values("buyer_entity_id")
    rows = LegalEntity.objects.visible_to(current()).filter(pk__in=tied).filter(**which).order_by("id")
    return [
        CounterpartyValue(
            entity_id=row.pk,
            company_id=row.company_id,
            name=row.name,
            full_name=row.full_name,
            inn=row.inn,
            kpp=row.kpp,
            ogrn=row.ogrn,
            legal_address=row.legal_address,
            delivery_address=row.delivery_address,
        )
        for row in rows
    ]


def client_company_ids(*, seller_id: int) -> list[int]:
    """The companies that have, or had, terms with the seller."""
    tied = TradeTerms.objects.visible_to(current()).filter(seller_id=seller_id)
    return sorted(set(tied.values_list("buyer_company_id", flat=True)))
