"""The two sides of a deal as packages above need them: the seller with its code and dates, the buyer with its codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from zveno.base.scope import current
from zveno.kit.codes import fold_text
from zveno.partners.models import Company, LegalEntity, TradeTerms
from zveno.partners.queries.actors import TermsValue


@dataclass(frozen=True, slots=True)
class SellerValue:
    """A company that sells: its orders' numbers start with `code`, its dates are those of `time_zone`."""

    id: int
    name: str
    code: str
    time_zone: str
    currency: str

    def today(self, now: datetime) -> date:
        """The date where the seller is: dates are the seller's dates."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()


@dataclass(frozen=True, slots=True)
class BuyerValue:
    """A legal entity that buys, and the company it belongs to (N11: to the ERP the order is the company's)."""

    entity_id: int
    entity_name: str
    full_name: str
    inn: str
    kpp: str
    ogrn: str
    legal_address: str
    delivery_address: str
    company_id: int
    company_name: str
    region_id: int | None
    is_main: bool


def seller_with(*, seller_id: int) -> SellerValue | None:
    """The seller with this id, if the current scope may know it."""
    row = Company.objects.visible_to(current()).filter(pk=seller_id, is_seller=True).first()
    return _seller(row) if row else None


def _seller(row: Company) -> SellerValue:
    return SellerValue(id=row.pk, name=row.name, code=row.code, time_zone=row.time_zone, currency=row.currency)


def sellers_with(*, seller_ids: Collection[int]) -> list[SellerValue]:
    """The sellers with these ids that the current scope may know, in the order of the ids. One statement."""
    rows = Company.objects.visible_to(current()).filter(pk__in=seller_ids, is_seller=True).in_bulk()
    return [_seller(rows[id_]) for id_ in seller_ids if id_ in rows]


def sellers_named(words: Sequence[str]) -> dict[str, list[int]]:
    """For each word (folded) that names any: the ids of the sellers whose name holds it.

    Among those that the current scope may know. One statement; words that name nobody are missing.
    """
    rows = Company.objects.visible_to(current()).filter(is_seller=True).values_list("pk", "name")
    named = [(pk, fold_text(name)) for pk, name in rows] if words else []
    found = {word: [pk for pk, name in named if word in name] for word in words}
    return {word: ids for word, ids in found.items() if ids}


def buyer_with(*, entity_id: int) -> BuyerValue | None:
    """The legal entity with this id, if the current scope may know it."""
    row = LegalEntity.objects.visible_to(current()).filter(pk=entity_id).select_related("company").first()
    if row is None:
        return None
    return BuyerValue(
        entity_id=row.pk,
        entity_name=row.name,
        full_name=row.full_name,
        inn=row.inn,
        kpp=row.kpp,
        ogrn=row.ogrn,
        legal_address=row.legal_address,
        delivery_address=row.delivery_address,
        company_id=row.company_id,
        company_name=row.company.name,
        region_id=row.region_id,
        is_main=row.main_id is None,
    )


def terms_on(*, entity_id: int, seller_id: int, day: date) -> TermsValue | None:
    """The terms that hold between a buyer's entity and a seller on `day`, if the current scope may see them."""
    row = (
        TradeTerms.objects.visible_to(current())
        .filter(buyer_entity_id=entity_id, seller_id=seller_id, valid_from__lte=day)
        .filter(Q(valid_to=None) | Q(valid_to__gt=day))
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        return None
    return TermsValue(
        id=row.pk,
        seller_id=row.seller_id,
        buyer_entity_id=row.buyer_entity_id,
        currency=row.currency,
        credit_limit=row.credit_limit,
        payment_delay_days=row.payment_delay_days,
    )
