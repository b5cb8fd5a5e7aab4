"""Opening a cabinet for a company."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import CodeTaken, NameMissing
from zveno.partners.models import Company
from zveno.partners.rules.naming import short_code


@in_transaction
def create_company(
    *,
    name: str,
    now: datetime,
    code: str = "",
    is_operator: bool = False,
    is_seller: bool = False,
    is_buyer: bool = True,
    is_distributor: bool = False,
    region_id: int | None = None,
    time_zone: str = "Europe/Moscow",
) -> Company:
    """A company without entities or people yet. `code` is made from the name unless given.

    Raises NameMissing and CodeTaken.
    """
    name, code = name.strip(), code.strip().upper()
    if not name:
        raise NameMissing
    taken = set(Company.objects.unscoped("short codes are told apart across companies").values_list("code", flat=True))
    if code in taken:
        raise CodeTaken(code=code)
    company = Company(
        name=name,
        code=code or short_code(name, taken),
        is_operator=is_operator,
        is_seller=is_seller or is_distributor,
        is_buyer=is_buyer or is_distributor,
        is_distributor=is_distributor,
        region_id=region_id,
        time_zone=time_zone,
    )
    company.save(force_insert=True)
    record_own(action="company_created", subject=company, company_id=company.pk, now=now, name=name)
    return company
