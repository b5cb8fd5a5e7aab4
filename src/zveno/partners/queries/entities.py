"""Legal entities, their mains and daughters, and the terms they buy on."""

from __future__ import annotations

from django.db.models import QuerySet

from zveno.base.scope import current
from zveno.partners.models import LegalEntity, TradeTerms


def entities_of(company_id: int) -> QuerySet[LegalEntity]:
    """The company's entities that the current scope may see, mains with their daughters after them."""
    rows = LegalEntity.objects.visible_to(current()).filter(company_id=company_id).select_related("main", "region")
    return rows.order_by("-is_default", "name", "pk")


def entity_with(entity_id: int) -> LegalEntity | None:
    """The entity with its company, main and region, if the current scope may see it."""
    rows = LegalEntity.objects.visible_to(current()).select_related("company", "main", "region")
    return rows.filter(pk=entity_id).first()


def terms_of_entities(entity_ids: list[int]) -> list[TradeTerms]:
    """Every period of terms of these entities that the current scope may see, the newest first."""
    rows = TradeTerms.objects.visible_to(current()).filter(buyer_entity_id__in=entity_ids)
    related = ("seller", "buyer_entity", "region", "manager__user")
    return list(rows.select_related(*related).order_by("seller__name", "-valid_from"))


def terms_with_id(terms_id: int) -> TradeTerms | None:
    """One period of terms with its seller, if the current scope may see it."""
    return TradeTerms.objects.visible_to(current()).select_related("seller").filter(pk=terms_id).first()
