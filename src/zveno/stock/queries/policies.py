"""How sellers show and promise their supply, and what each of their warehouses is to one buyer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from zveno.base.arrays import number_array
from zveno.base.scope import Section, current
from zveno.stock.models import SupplyPolicy
from zveno.stock.rules.policy import Policy
from zveno.stock.rules.words import Figures, Opens, Promising

FARTHEST = 9


@dataclass(frozen=True, slots=True)
class Opened:
    """What a warehouse is to a buyer. `distance`: steps up the tree of regions from the buyer to where both lie."""

    opens: Opens
    figures: Figures
    distance: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class SupplyRules:
    """All that decides how one buyer is promised the goods of one seller."""

    policy: Policy = field(default_factory=Policy)
    warehouses: dict[int, Opened] = field(default_factory=dict)

    @property
    def served(self) -> set[int]:
        """The warehouses that ship to the buyer."""
        return {key for key, one in self.warehouses.items() if one.opens is Opens.SERVED}

    @property
    def served_by_name(self) -> list[int]:
        """The same, as a list to choose from."""
        return sorted(self.served, key=lambda key: (self.warehouses[key].name, key))

    @property
    def costs(self) -> dict[int, Decimal]:
        """What a shipment costs, by warehouse: today how far it lies."""
        return {key: Decimal(one.distance) for key, one in self.warehouses.items()}


def policy_of(*, seller_id: int) -> Policy:
    """The seller's policy. One SQL statement."""
    row = SupplyPolicy.objects.visible_to(current()).filter(seller_id=seller_id).first()
    return policy_value(row) if row else Policy()


def heard_of(*, sellers: Collection[int]) -> dict[int, datetime]:
    """When each seller's accounting system last told of its stock; those never heard of are missing. One statement."""
    rows = SupplyPolicy.objects.visible_to(current()).filter(seller_id__in=sellers, heard_at__isnull=False)
    return {row.seller_id: row.heard_at for row in rows if row.heard_at}


def stale_sellers(*, sellers: Collection[int], now: datetime) -> dict[int, datetime]:
    """The sellers whose figures count as stale, and since when nothing was heard of them. One statement."""
    rows = SupplyPolicy.objects.visible_to(current()).filter(seller_id__in=sellers)
    return {row.seller_id: row.heard_at for row in rows if row.heard_at and policy_value(row).is_stale(now)}


def policy_value(row: SupplyPolicy) -> Policy:
    """A row as the rules take it."""
    return Policy(
        confirmed_as=Promising(row.confirmed_as),
        planned_as=Promising(row.planned_as),
        produced_as=Promising(row.produced_as),
        few_below=row.few_below,
        many_from=row.many_from,
        stale_after_hours=row.stale_after_hours,
        shortage_grace_minutes=row.shortage_grace_minutes,
        heard_at=row.heard_at,
    )


# Warehouses of sellers as one buyer's entity sees them: an opening for the entity counts before one for its region,
# that of the nearest region before those above it, and any before the warehouse's own. Parameters: `opened_params`.
OPENED = """
    home AS (SELECT region_id FROM partners_legalentity WHERE id = %s),
    up (start_id, id, parent_id, steps) AS (
        SELECT region.id, region.id, region.parent_id, 0 FROM partners_region AS region
        WHERE region.id IN (SELECT region_id FROM stock_warehouse WHERE seller_id = ANY(%s::bigint[]))
           OR region.id = (SELECT region_id FROM home)
        UNION ALL
        SELECT up.start_id, region.id, region.parent_id, up.steps + 1
        FROM up JOIN partners_region AS region ON region.id = up.parent_id
    ),
    opened AS (
        SELECT place.id, place.seller_id, place.name, place.city,
            coalesce(own.opens, near.opens, place.opens) AS opens,
            coalesce(own.figures, near.figures, place.figures) AS figures,
            coalesce((
                SELECT min(mine.steps) FROM up AS mine JOIN up AS its ON its.id = mine.id
                WHERE mine.start_id = (SELECT region_id FROM home) AND its.start_id = place.region_id
            ), %s) AS distance,
            policy.confirmed_as, policy.planned_as, policy.produced_as, policy.few_below, policy.many_from,
            policy.stale_after_hours, policy.shortage_grace_minutes, policy.heard_at
        FROM stock_warehouse AS place
        LEFT JOIN stock_supplypolicy AS policy ON policy.seller_id = place.seller_id
        LEFT JOIN stock_entityopening AS own ON own.warehouse_id = place.id AND own.buyer_entity_id = %s
        LEFT JOIN LATERAL (
            SELECT opening.opens, opening.figures
            FROM stock_regionopening AS opening JOIN up ON up.id = opening.region_id
            WHERE opening.warehouse_id = place.id AND up.start_id = (SELECT region_id FROM home)
            ORDER BY up.steps LIMIT 1
        ) AS near ON true
        WHERE place.seller_id = ANY(%s::bigint[]) AND place.is_active
    )
"""
POLICY_COLUMNS = (
    "confirmed_as, planned_as, produced_as, few_below, many_from, stale_after_hours, shortage_grace_minutes, heard_at"
)


def opened_params(*, sellers: Collection[int], entity_id: int | None) -> list[Any]:
    """The parameters of OPENED, sellers outside the current scope left out: the first wall."""
    scope = current()
    within = sellers if scope.section in (Section.SYSTEM, Section.DESK) else set(sellers) & set(scope.sellers)
    array = number_array(within)
    return [entity_id, array, FARTHEST, entity_id, array]


def policy_from(columns: tuple[Any, ...]) -> Policy:
    """The policy out of POLICY_COLUMNS; the defaults where the seller has none."""
    if columns[0] is None:
        return Policy()
    confirmed, planned, produced = (Promising(one) for one in columns[:3])
    few_below, many_from, stale_after_hours, grace, heard_at = columns[3:]
    return Policy(confirmed, planned, produced, few_below, many_from, stale_after_hours, grace, heard_at)


def supply_rules(*, seller_id: int, entity_id: int | None) -> SupplyRules:
    """The seller's policy, and what each of its working warehouses is to the buyer's entity. One SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE {OPENED} SELECT id, opens, figures, distance, name, {POLICY_COLUMNS} FROM opened",  # noqa: S608
            opened_params(sellers=[seller_id], entity_id=entity_id),
        )
        rows = cursor.fetchall()
    if not rows:
        return SupplyRules()
    return SupplyRules(
        policy=policy_from(rows[0][5:]),
        warehouses={row[0]: Opened(Opens(row[1]), Figures(row[2]), row[3], row[4]) for row in rows},
    )
