"""The operator decides a request for a cabinet or for one more legal entity."""

from __future__ import annotations

from datetime import datetime

from zveno.base import audit, events
from zveno.base.tx import in_transaction
from zveno.partners.actions.appoint_head import appoint_head
from zveno.partners.actions.create_company import create_company
from zveno.partners.actions.create_legal_entity import create_legal_entity
from zveno.partners.errors import PartnerUnknown, ReasonMissing, RequestDecided
from zveno.partners.events import RegistrationDecided
from zveno.partners.models import LegalEntity, RegistrationRequest


@in_transaction
def decide_registration(*, request_id: int, accept: bool, now: datetime, reason: str = "") -> int | None:
    """Accept: the company (unless the request is of an existing one), its entity and its head's invitation are made;
    returns the company's id. Refuse: the applicant is told the reason by mail; returns None.

    Raises PartnerUnknown, RequestDecided, ReasonMissing, and what making the entity raises (EntityTaken).
    """
    request = RegistrationRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise PartnerUnknown
    if request.decided_at is not None:
        raise RequestDecided
    if not accept and not reason.strip():
        raise ReasonMissing
    asking_company_id = request.company_id
    entity = _accept(request, now) if accept else None
    request.decided_at, request.accepted, request.reason = now, accept, reason.strip()[:500]
    if entity is not None:
        request.company_id = entity.company_id
    request.save(update_fields=["decided_at", "accepted", "reason", "company_id"])
    action = "registration_accepted" if accept else "registration_refused"
    audit.record(
        action=action,
        subject=request,
        company_id=request.company_id,
        now=now,
        name=request.company_name,
        inn=request.inn,
        reason=request.reason,
    )
    if entity is not None and asking_company_id is None:
        appoint_head(company_id=entity.company_id, email=request.email, name=request.contact_name, now=now)
    else:
        events.publish(RegistrationDecided(request_id=request.pk))
    return entity.company_id if entity is not None else None


def _accept(request: RegistrationRequest, now: datetime) -> LegalEntity:
    company_id = request.company_id
    if company_id is None:
        company_id = create_company(name=request.company_name, region_id=request.region_id, now=now).pk
    return create_legal_entity(
        company_id=company_id,
        name=request.company_name,
        inn=request.inn,
        kpp=request.kpp,
        ogrn=request.ogrn,
        legal_address=request.legal_address,
        region_id=request.region_id,
        now=now,
    )
