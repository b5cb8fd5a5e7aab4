"""Setting on what terms a buyer's entity buys from a seller."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from zveno.base import audit
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.errors import PartnerUnknown, TermsBeforeOpen, TermsOutOfRange
from zveno.partners.models import Company, LegalEntity, Member, TradeTerms

_LONGEST_DELAY_DAYS = 730


@in_transaction
def set_trade_terms(
    *,
    seller_id: int,
    buyer_entity_id: int,
    valid_from: date,
    now: datetime,
    currency: str = "RUB",
    credit_limit: Decimal | None = None,
    payment_delay_days: int = 0,
    contract_number: str = "",
    region_id: int | None = None,
    manager_id: int | None = None,
) -> TradeTerms:
    """Terms in force from `valid_from` on; those before are closed on that day and stay as history.

    A second setting for the same day replaces the first. Raises PartnerUnknown, TermsOutOfRange, TermsBeforeOpen.
    """
    if credit_limit is not None and credit_limit < 0:
        raise TermsOutOfRange(field="credit_limit")
    if not 0 <= payment_delay_days <= _LONGEST_DELAY_DAYS:
        raise TermsOutOfRange(field="payment_delay_days")
    entity, seller = _sides(seller_id, buyer_entity_id, manager_id)
    terms = _opened(seller, entity, valid_from)
    terms.currency, terms.credit_limit, terms.payment_delay_days = currency, credit_limit, payment_delay_days
    terms.contract_number, terms.region_id, terms.manager_id = contract_number.strip()[:60], region_id, manager_id
    try:
        with transaction.atomic():
            terms.save()
    except IntegrityError as error:
        raise TermsBeforeOpen(day=valid_from) from error
    audit.record(
        action="terms_set",
        subject=entity,
        now=now,
        company_id=entity.company_id,
        seller_id=seller_id,
        entity=entity.name,
        seller=seller.name,
        day=valid_from.isoformat(),
        limit=str(credit_limit) if credit_limit is not None else "",
        delay=payment_delay_days,
    )
    return terms


def _sides(seller_id: int, entity_id: int, manager_id: int | None) -> tuple[LegalEntity, Company]:
    seller = Company.objects.visible_to(current()).filter(pk=seller_id, is_seller=True).first()
    entity = LegalEntity.objects.visible_to(current()).filter(pk=entity_id).first()
    if seller is None or entity is None:
        raise PartnerUnknown
    managers = Member.objects.visible_to(current()).filter(company_id=seller_id)
    if manager_id is not None and not managers.filter(pk=manager_id).exists():
        raise PartnerUnknown
    return entity, seller


def _opened(seller: Company, entity: LegalEntity, valid_from: date) -> TradeTerms:
    """The row to fill: the one that starts the same day, or a new one before which the open one is closed."""
    rows = TradeTerms.objects.visible_to(current()).filter(seller=seller, buyer_entity=entity, valid_to=None)
    before = rows.select_for_update().first()
    if before is not None and before.valid_from > valid_from:
        raise TermsBeforeOpen(day=before.valid_from)
    if before is not None and before.valid_from == valid_from:
        return before
    if before is not None:
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
    return TradeTerms(seller=seller, buyer_entity=entity, buyer_company_id=entity.company_id, valid_from=valid_from)
