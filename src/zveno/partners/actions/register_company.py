"""A newcomer asks for a cabinet."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.partners.errors import CodesWrong, NameMissing, RequestRepeated
from zveno.partners.models import RegistrationRequest
from zveno.partners.rules.entities import clean_code, code_problems


@in_transaction
def register_company(
    *,
    company_name: str,
    inn: str,
    kpp: str,
    ogrn: str,
    legal_address: str,
    contact_name: str,
    email: str,
    phone: str,
    now: datetime,
    region_id: int | None = None,
) -> int:
    """Keep the request for the operator to decide; its id. Told to nobody whether the INN is known here already.

    Raises CodesWrong, NameMissing, and RequestRepeated while a request with this INN waits.
    """
    codes = {"inn": clean_code(inn), "kpp": clean_code(kpp), "ogrn": clean_code(ogrn)}
    for problem in code_problems(**codes):
        raise CodesWrong(field=problem.field, kind=problem.kind, value=codes[problem.field])
    if not company_name.strip():
        raise NameMissing
    waiting = RegistrationRequest.objects.filter(inn=codes["inn"], kpp=codes["kpp"], decided_at=None, company=None)
    before = waiting.order_by("created_at").first()
    if before is not None:
        raise RequestRepeated(inn=codes["inn"], day=before.created_at.date())
    request = RegistrationRequest.objects.create(
        company_name=company_name.strip(),
        legal_address=legal_address.strip(),
        region_id=region_id,
        contact_name=contact_name.strip(),
        email=email.strip().lower(),
        phone=phone.strip(),
        created_at=now,
        **codes,
    )
    return request.pk
