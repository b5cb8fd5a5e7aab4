"""The distributors that the current scope may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zveno.base.scope import current
from zveno.partners.models import Company


@dataclass(frozen=True, slots=True)
class DistributorValue:
    """A distributor by name; `joined_at` is when its company was entered."""

    id: int
    name: str
    region: str
    joined_at: datetime


def distributors() -> list[DistributorValue]:
    """Distributors at work, by name."""
    rows = Company.objects.visible_to(current()).filter(is_distributor=True, blocked_at=None)
    return [
        DistributorValue(id=c.pk, name=c.name, region=c.region.name if c.region else "", joined_at=c.created_at)
        for c in rows.select_related("region").order_by("name", "id")
    ]
