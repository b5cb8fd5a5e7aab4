"""What several actions check before they write: whose rule it is, what it is about, from when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from zveno.base import audit
from zveno.base.scope import current
from zveno.catalog.queries.names import named_products
from zveno.catalog.queries.placing import groups_at
from zveno.partners.queries.companies import company_with
from zveno.partners.queries.entities import entity_with
from zveno.partners.queries.parties import seller_with
from zveno.pricing.errors import (
    AudienceUnclear,
    BuyerUnknown,
    DayPassed,
    GoodsUnknown,
    PercentOutOfRange,
    PriceKindUnknown,
    PriceOutOfRange,
    QuantityOutOfRange,
    StandingUnknown,
    TargetUnclear,
)
from zveno.pricing.models import PriceKind, Standing

LARGEST_PRICE = Decimal(10) ** 12
SAID = 6


@dataclass(frozen=True, slots=True)
class Whose:
    """For whom a rule is: one entity, those of a status, or with neither all buyers of the seller."""

    seller_id: int
    buyer_entity_id: int | None = None
    standing_id: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """As columns of a rule."""
        return {
            "seller_id": self.seller_id,
            "buyer_entity_id": self.buyer_entity_id,
            "standing_id": self.standing_id,
        }


@dataclass(frozen=True, slots=True)
class About:
    """What a rule is about: a product, a group with everything below, a brand, or with none of them everything."""

    product_id: int | None = None
    category_id: int | None = None
    brand: str = ""


ALL_GOODS = About()


def moment_from(day: date | None, *, seller_id: int, now: datetime) -> datetime:
    """The moment from which something holds that begins on `day` at the seller; today and None mean now.

    Raises DayPassed: what was is not rewritten.
    """
    seller = seller_with(seller_id=seller_id)
    if seller is None:
        raise BuyerUnknown
    today = seller.today(now)
    if day is None or day == today:
        return now
    if day < today:
        raise DayPassed(field="day", day=day.isoformat())
    return datetime.combine(day, time(), ZoneInfo(seller.time_zone))


def check_whose(whose: Whose) -> str:
    """The name of the entity or status (empty for everybody). Raises AudienceUnclear, BuyerUnknown, StandingUnknown."""
    if whose.buyer_entity_id is not None and whose.standing_id is not None:
        raise AudienceUnclear(field="standing_id")
    if whose.buyer_entity_id is not None:
        buyer = entity_with(whose.buyer_entity_id)
        if buyer is None or buyer.company_id == whose.seller_id:
            raise BuyerUnknown
        return buyer.name
    if whose.standing_id is not None:
        standing = Standing.objects.visible_to(current()).filter(pk=whose.standing_id, seller_id=whose.seller_id)
        if (found := standing.first()) is None:
            raise StandingUnknown
        return found.name
    return ""


def names_of(abouts: Collection[About]) -> dict[About, str]:
    """The name of what each is about (empty for everything). Two statements. Raises TargetUnclear, GoodsUnknown."""
    for about in abouts:
        if sum((about.product_id is not None, about.category_id is not None, bool(about.brand))) > 1:
            raise TargetUnclear(field="about")
    product_ids = {about.product_id for about in abouts if about.product_id is not None}
    group_ids = {about.category_id for about in abouts if about.category_id is not None}
    products = named_products(product_ids) if product_ids else {}
    groups = groups_at(ids=group_ids) if group_ids else {}
    if missing := (product_ids - products.keys()) | (group_ids - groups.keys()):
        raise GoodsUnknown(what=str(min(missing)))
    found = {}
    for about in abouts:
        if about.product_id is not None:
            found[about] = f"{products[about.product_id].code} {products[about.product_id].name}".strip()
        else:
            found[about] = groups[about.category_id].name if about.category_id is not None else about.brand
    return found


def kind_of(*, seller_id: int, price_kind_id: int | None) -> PriceKind:
    """The seller's column. Raises PriceKindUnknown."""
    found = PriceKind.objects.visible_to(current()).filter(pk=price_kind_id or 0, seller_id=seller_id).first()
    if found is None:
        raise PriceKindUnknown
    return found


def check_percent(percent: Decimal) -> None:
    """Raises PercentOutOfRange."""
    if not percent.is_finite() or not 0 <= percent < 100 or percent != percent.quantize(Decimal("0.01")):
        raise PercentOutOfRange(field="percent")


def check_price(value: Decimal, *, or_none: bool = False) -> None:
    """Above zero, or with `or_none` not below. Raises PriceOutOfRange."""
    least_fits = value >= 0 if or_none else value > 0
    if not value.is_finite() or not least_fits or value >= LARGEST_PRICE or not _has_places(value, 4):
        raise PriceOutOfRange(field="value")


def check_quantity(quantity: Decimal) -> None:
    """Not below zero, three digits. Raises QuantityOutOfRange."""
    if not quantity.is_finite() or not 0 <= quantity < Decimal(10) ** 10 or not _has_places(quantity, 3):
        raise QuantityOutOfRange(field="threshold")


def record_terms(
    action: str, *, whose: Whose, name: str, at: datetime, now: datetime, told: Iterable[Any] = (), **params: Any
) -> None:
    """Write what was done into the history of the entity, or of the seller where the rule is for more than one.

    `told` are the rows in brief; the first few are kept with how many there were. `at` is in the seller's time zone
    (see `moment_from`): the day told is the seller's.
    """
    rows = list(told)
    buyer = entity_with(whose.buyer_entity_id) if whose.buyer_entity_id is not None else None
    subject = buyer or company_with(whose.seller_id)
    if subject is None:
        raise BuyerUnknown
    from_day = "" if at == now else at.date().isoformat()
    params |= {"whose": name, "status": whose.standing_id is not None, "since": from_day}
    audit.record(
        action=action,
        subject=subject,
        now=now,
        company_id=buyer.company_id if buyer else None,
        seller_id=whose.seller_id,
        rows=rows[:SAID],
        count=len(rows),
        **params,
    )


def _has_places(value: Decimal, places: int) -> bool:
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= places
