"""A company asks for one more legal entity (F21)."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import CodesWrong, EntityTaken, NameMissing, RequestRepeated
from zveno.partners.models import LegalEntity, RegistrationRequest
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.entities import clean_code, code_problems


@in_transaction
def request_entity(
    *, actor: Actor, email: str, name: str, inn: str, kpp: str, ogrn: str, legal_address: str, now: datetime
) -> int:
    """Keep the request for the operator to decide; its id.

    Raises CodesWrong, NameMissing, EntityTaken for an entity the company has, RequestRepeated while the same waits.
    """
    codes = {"inn": clean_code(inn), "kpp": clean_code(kpp), "ogrn": clean_code(ogrn)}
    for problem in code_problems(**codes):
        raise CodesWrong(field=problem.field, kind=problem.kind, value=codes[problem.field])
    if not name.strip():
        raise NameMissing
    own = LegalEntity.objects.visible_to(actor.scope).filter(company_id=actor.company_id)
    if own.filter(inn=codes["inn"], kpp=codes["kpp"]).exists():
        raise EntityTaken(inn=codes["inn"], company=actor.company_name)
    waiting = RegistrationRequest.objects.filter(decided_at=None, company_id=actor.company_id)
    before = waiting.filter(inn=codes["inn"], kpp=codes["kpp"]).first()
    if before is not None:
        raise RequestRepeated(inn=codes["inn"], day=before.created_at.date())
    request = RegistrationRequest.objects.create(
        company_name=name.strip(),
        legal_address=legal_address.strip(),
        company_id=actor.company_id,
        contact_name=actor.user_name,
        email=email,
        created_at=now,
        **codes,
    )
    record_own(
        action="entity_requested",
        subject=request,
        company_id=actor.company_id,
        now=now,
        name=request.company_name,
        inn=request.inn,
    )
    return request.pk
