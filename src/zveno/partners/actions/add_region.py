"""Adding a place to the tree of regions."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from zveno.base import audit
from zveno.base.tx import in_transaction
from zveno.partners.errors import CodeTaken, NameMissing
from zveno.partners.models import Region


@in_transaction
def add_region(
    *, code: str, name: str, now: datetime, name_en: str = "", parent_id: int | None = None, time_zone: str = ""
) -> Region:
    """A region under `parent_id` (none: at the root). Raises NameMissing and CodeTaken."""
    if not name.strip() or not code.strip():
        raise NameMissing
    region = Region(
        code=code.strip()[:20],
        name=name.strip()[:120],
        name_en=name_en.strip()[:120],
        parent_id=parent_id,
        time_zone=time_zone or "Europe/Moscow",
    )
    try:
        with transaction.atomic():
            region.save(force_insert=True)
    except IntegrityError as error:
        raise CodeTaken(code=region.code) from error
    audit.record(action="region_added", subject=region, now=now, name=region.name)
    return region
