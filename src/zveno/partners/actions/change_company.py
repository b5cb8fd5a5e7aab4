"""Changing what a company is."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import NameMissing, PartnerUnknown
from zveno.partners.models import Company


@in_transaction
def change_company(
    *,
    company_id: int,
    name: str,
    is_seller: bool,
    is_buyer: bool,
    is_distributor: bool,
    region_id: int | None,
    time_zone: str,
    now: datetime,
) -> Company:
    """Keep the company's details; the audit says which changed. Raises NameMissing and PartnerUnknown."""
    company = Company.objects.visible_to(current()).select_for_update().filter(pk=company_id).first()
    if company is None:
        raise PartnerUnknown
    if not name.strip():
        raise NameMissing
    given = {
        "name": name.strip(),
        "is_seller": is_seller or is_distributor,
        "is_buyer": is_buyer or is_distributor,
        "is_distributor": is_distributor,
        "region_id": region_id,
        "time_zone": time_zone,
    }
    changed = [field for field, value in given.items() if getattr(company, field) != value]
    for field in changed:
        setattr(company, field, given[field])
    if changed:
        company.save(update_fields=changed)
        record_own(
            action="company_changed", subject=company, company_id=company.pk, now=now, name=company.name, fields=changed
        )
    return company
