"""Companies as the operator's desk lists them."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zveno.base.scope import current
from zveno.partners.models import Company, LegalEntity, Member, Region

KINDS = {
    "seller": Q(is_seller=True),
    "distributor": Q(is_distributor=True),
    "dealer": Q(is_buyer=True, is_seller=False),
}


def companies(*, text: str = "", kind: str = "", region_id: int | None = None, state: str = "") -> QuerySet[Company]:
    """Companies the current scope may see, found by a part of the name, code, or an entity's name or INN.

    Each has `entity_count` and `member_count`. `kind` is a key of KINDS; `state` is `blocked` or `headless`.
    """
    rows = Company.objects.visible_to(current()).select_related("region")
    if text := text.strip():
        entities = LegalEntity.objects.visible_to(current()).filter(company_id=OuterRef("pk"))
        named = entities.filter(Q(name__icontains=text) | Q(inn__startswith=text))
        rows = rows.filter(Q(name__icontains=text) | Q(code__iexact=text) | Exists(named))
    if kind in KINDS:
        rows = rows.filter(KINDS[kind])
    if region_id is not None:
        rows = rows.filter(Q(region_id=region_id) | Q(region__parent_id=region_id))
    if state == "blocked":
        rows = rows.exclude(blocked_at=None)
    if state == "headless":
        heads = Member.objects.visible_to(current()).filter(company_id=OuterRef("pk"), role="head", blocked_at=None)
        rows = rows.filter(~Exists(heads), is_operator=False)
    return rows.annotate(
        entity_count=Count("entities", distinct=True), member_count=Count("members", distinct=True)
    ).order_by("name", "pk")


def company_with(company_id: int) -> Company | None:
    """The company with its region, if the current scope may see it."""
    return Company.objects.visible_to(current()).select_related("region").filter(pk=company_id).first()


def sellers() -> list[Company]:
    """Companies that sell, by name."""
    return list(Company.objects.visible_to(current()).filter(is_seller=True, blocked_at=None).order_by("name"))


def regions() -> list[Region]:
    """Every region, by name."""
    return list(Region.objects.select_related("parent").order_by("name"))
