"""Requests for cabinets and legal entities, for the operator's desk."""

from __future__ import annotations

from django.db.models import QuerySet

from zveno.base.scope import current
from zveno.partners.models import LegalEntity, RegistrationRequest


def registrations(*, state: str = "waiting") -> QuerySet[RegistrationRequest]:
    """Requests that wait, were accepted or refused (`all` for every one), oldest waiting first."""
    rows = RegistrationRequest.objects.select_related("company", "region")
    if state == "waiting":
        return rows.filter(decided_at=None).order_by("created_at")
    if state in ("accepted", "refused"):
        rows = rows.filter(accepted=state == "accepted")
    return rows.order_by("-created_at")


def waiting_registrations() -> int:
    """How many requests wait for a decision."""
    return RegistrationRequest.objects.filter(decided_at=None).count()


def registration_with(request_id: int) -> RegistrationRequest | None:
    """The request, with its company and region."""
    return RegistrationRequest.objects.select_related("company", "region").filter(pk=request_id).first()


def waiting_of_company(company_id: int) -> list[RegistrationRequest]:
    """The company's own requests for legal entities that wait."""
    return list(RegistrationRequest.objects.filter(company_id=company_id, decided_at=None).order_by("created_at"))


def entities_with_inn(inn: str) -> list[LegalEntity]:
    """Entities with this INN that the current scope may see, with their companies: for noticing duplicates."""
    return list(LegalEntity.objects.visible_to(current()).filter(inn=inn).select_related("company").order_by("pk"))
