"""Legal entities, their mains and daughters, and the terms they buy on."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Lower, Replace

from zveno.base.scope import current
from zveno.kit.codes import YE, YO
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


def entities_named(words: Sequence[str]) -> dict[str, list[int]]:
    """For each word (folded) that names any: the ids of the entities whose name, company or INN holds it.

    Among those that the current scope may know. One statement; words that name nobody are missing.
    """
    either = Q()
    for word in words:
        either |= Q(folded__contains=word)
        either |= Q(inn__startswith=word) if word.isdigit() else Q()
    if not words:
        return {}
    title = Concat("name", Value(" "), "full_name", Value(" "), "company__name")
    rows = LegalEntity.objects.visible_to(current()).annotate(folded=Replace(Lower(title), Value(YO), Value(YE)))
    found: dict[str, list[int]] = {}
    for pk, folded, inn in rows.filter(either).values_list("pk", "folded", "inn"):
        for word in words:
            if word in folded or (word.isdigit() and inn.startswith(word)):
                found.setdefault(word, []).append(pk)
    return found


def entities_with_inn(inns: Sequence[str]) -> list[int]:
    """The ids of the entities with these INNs that the current scope may know. One statement."""
    rows = LegalEntity.objects.visible_to(current()).filter(inn__in=inns)
    return list(rows.values_list("pk", flat=True))
