"""A seller's price columns: what they are, how many prices they hold and how fresh, who buys by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from zveno.base.scope import current
from zveno.pricing.models import KindAssignment, PriceKind


@dataclass(frozen=True, slots=True)
class PriceKindValue:
    """A price column. `is_floor`: resale below it is pointed out."""

    id: int
    name: str
    currency: str
    vat_included: bool
    is_floor: bool = False
    region_id: int | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class ColumnFigures:
    """How many prices a column holds now, when the latest was confirmed, how many changes are planned."""

    prices: int
    confirmed_at: datetime | None
    planned: int


def price_kinds_of(*, seller_id: int) -> list[PriceKindValue]:
    """The seller's columns as far as the scope sees them, by name."""
    rows = PriceKind.objects.visible_to(current()).filter(seller_id=seller_id).select_related("region")
    return [
        PriceKindValue(
            row.pk,
            row.name,
            row.currency,
            row.vat_included,
            row.is_floor,
            row.region_id,
            row.region.name if row.region else "",
        )
        for row in rows.order_by("name", "id")
    ]


def column_figures(*, seller_id: int, at: datetime) -> dict[int, ColumnFigures]:
    """The figures of each column of the seller; columns without a price are missing. One statement.

    It reads every open price of the seller: for the page of columns, not for each page.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.price_kind_id, count(*) FILTER (WHERE p.valid_from <= %(at)s), max(p.confirmed_at),
                count(*) FILTER (WHERE p.valid_from > %(at)s)
            FROM pricing_price p
            WHERE p.price_kind_id IN (SELECT id FROM pricing_pricekind WHERE seller_id = %(seller)s)
              AND p.valid_to IS NULL
            GROUP BY 1
            """,
            {"at": at, "seller": seller_id},
        )
        return {kind_id: ColumnFigures(*told) for kind_id, *told in cursor.fetchall()}


def buyers_by_price_kind(*, seller_id: int, at: datetime) -> dict[int, list[str]]:
    """Price kind → names of the companies that buy by it at the moment, by name, each once. One SQL statement."""
    rows = (
        KindAssignment.objects.visible_to(current())
        .filter(seller_id=seller_id, buyer_entity__isnull=False, valid_from__lte=at)
        .filter(Q(valid_to=None) | Q(valid_to__gt=at))
        .order_by("buyer_entity__company__name")
        .values_list("price_kind_id", "buyer_entity__company__name")
        .distinct()
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for kind_id, name in rows:
        found[kind_id].append(name)
    return dict(found)


def sellers_with_prices(*, entity_id: int, seller_ids: Collection[int], at: datetime) -> set[int]:
    """Those of the sellers that give the entity a price column now, its own or everybody's. One statement."""
    rows = KindAssignment.objects.visible_to(current()).filter(seller_id__in=seller_ids, valid_from__lte=at)
    own = Q(buyer_entity_id=entity_id) | Q(buyer_entity_id=None)
    return set(rows.filter(own).filter(Q(valid_to=None) | Q(valid_to__gt=at)).values_list("seller_id", flat=True))
