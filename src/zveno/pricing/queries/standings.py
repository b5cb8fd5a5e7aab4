"""Statuses of a seller with their rules, and how each buyer stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from zveno.base.scope import current
from zveno.pricing.models import BuyerStanding, StandingRule
from zveno.pricing.rules.standing import Asked, Source, Test


@dataclass(frozen=True, slots=True)
class StandingValue:
    """A status with the rule that holds now or is the next to hold."""

    id: int
    name: str
    position: int
    test: Test
    min_total: Decimal
    months: int
    credit_limit: Decimal | None
    valid_from: datetime
    author: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a buyer stands: since when, by whom, and on what figures."""

    standing_id: int
    name: str
    position: int
    since: datetime
    until: datetime | None
    source: Source
    is_held: bool
    held_until: datetime | None
    reason: dict[str, Any]
    author: str
    credit_limit: Decimal | None = None


def standings_of(*, seller_id: int, now: datetime) -> list[StandingValue]:
    """The seller's statuses by position, the best last. One statement."""
    rows = StandingRule.objects.visible_to(current()).filter(seller_id=seller_id)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=now)).select_related("standing").order_by("valid_from")
    latest = {row.standing_id: row for row in reversed(rows)}
    return sorted((_value(row) for row in latest.values()), key=lambda one: (one.position, one.name))


def asked_now(*, seller_id: int, now: datetime) -> list[Asked]:
    """What the seller's statuses ask of a buyer now. One statement."""
    rows = StandingRule.objects.visible_to(current()).filter(seller_id=seller_id, valid_from__lte=now)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=now)).select_related("standing")
    return [Asked(row.standing_id, row.standing.position, Test(row.test), row.min_total, row.months) for row in rows]


def standing_of(*, seller_id: int, entity_ids: Collection[int], at: datetime) -> dict[int, Standing]:
    """How each entity stands with the seller at the moment; those without a status are missing. Two statements."""
    rows = list(_rows(seller_id, entity_ids).filter(valid_from__lte=at).filter(Q(valid_to=None) | Q(valid_to__gt=at)))
    limits = StandingRule.objects.visible_to(current()).filter(
        standing_id__in={row.standing_id for row in rows}, valid_from__lte=at
    )
    of_standing = dict(limits.filter(Q(valid_to=None) | Q(valid_to__gt=at)).values_list("standing_id", "credit_limit"))
    return {row.buyer_entity_id: _standing(row, of_standing.get(row.standing_id)) for row in rows}


def standing_history(*, seller_id: int, entity_id: int) -> list[Standing]:
    """Every standing the entity has had with the seller, the newest first. One statement."""
    return [_standing(row, None) for row in _rows(seller_id, [entity_id]).order_by("-valid_from", "-id")]


def sellers_with_standings() -> list[int]:
    """Ids of the sellers that have rules of standing, for the nightly weighing. One statement."""
    rows = StandingRule.objects.visible_to(current()).order_by("seller_id")
    return list(rows.values_list("seller_id", flat=True).distinct())


def _rows(seller_id: int, entity_ids: Collection[int]) -> Any:
    rows = BuyerStanding.objects.visible_to(current()).select_related("standing")
    return rows.filter(seller_id=seller_id, buyer_entity_id__in=entity_ids)


def _value(row: StandingRule) -> StandingValue:
    return StandingValue(
        id=row.standing_id,
        name=row.standing.name,
        position=row.standing.position,
        test=Test(row.test),
        min_total=row.min_total,
        months=row.months,
        credit_limit=row.credit_limit,
        valid_from=row.valid_from,
        author=row.author_name,
    )


def _standing(row: BuyerStanding, limit: Decimal | None) -> Standing:
    return Standing(
        standing_id=row.standing_id,
        name=row.standing.name,
        position=row.standing.position,
        since=row.valid_from,
        until=row.valid_to,
        source=Source(row.source),
        is_held=row.is_held,
        held_until=row.held_until,
        reason=row.reason,
        author=row.author_name,
        credit_limit=limit,
    )
