"""A zone, its entries typed one a line: places, regions, `*` for everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.errors import (
    ZoneEntriesDoubtful,
    ZoneEntriesUnknown,
    ZoneInUse,
    ZoneNameTaken,
    ZoneNotFound,
)
from zveno.delivery.models import TariffRow, Zone, ZoneMember
from zveno.delivery.queries.places import gazetteer, regions
from zveno.kit.codes import fold_text

EVERYWHERE = "*"
_SHOWN = 5


@in_transaction
def save_zone(
    *,
    seller_id: int,
    zone_id: int | None,
    carrier_id: int | None,
    name: str,
    lines: Sequence[str],
    now: datetime,
) -> Zone:
    """Make the zone (`zone_id` is `None`) or change it; its entries become those of `lines`.

    Raises ZoneNotFound, ZoneNameTaken, ZoneEntriesUnknown, ZoneEntriesDoubtful: then nothing is changed.
    """
    own = Zone.objects.visible_to(current()).filter(seller_id=seller_id)
    zone = own.select_for_update(of=("self",)).filter(pk=zone_id).first() if zone_id else Zone(seller_id=seller_id)
    if zone is None:
        raise ZoneNotFound()
    if zone_id is None:
        zone.carrier_id = carrier_id
    if own.filter(name=name, carrier=zone.carrier).exclude(pk=zone_id or 0).exists():
        raise ZoneNameTaken(name=name, field="name")
    entries = _entries(lines)
    zone.name = name
    zone.save()
    ZoneMember.objects.visible_to(current()).filter(zone=zone).delete()
    ZoneMember.objects.bulk_create(
        ZoneMember(seller_id=seller_id, zone=zone, place_id=place_id, region_code=region_code)
        for place_id, region_code in entries
    )
    record(
        action="zone_saved", subject=zone, now=now, company_id=seller_id, seller_id=seller_id, name=name,
        entries=len(entries),
    )  # fmt: skip
    return zone


@in_transaction
def remove_zone(*, seller_id: int, zone_id: int, now: datetime) -> None:
    """Take a zone out that no tariff has ever gone by. Raises ZoneNotFound, ZoneInUse."""
    zone = Zone.objects.visible_to(current()).filter(pk=zone_id, seller_id=seller_id).first()
    if zone is None:
        raise ZoneNotFound()
    rows = TariffRow.objects.visible_to(current())
    if rows.filter(from_zone=zone).exists() or rows.filter(to_zone=zone).exists():
        raise ZoneInUse(name=zone.name)
    record(action="zone_removed", subject=zone, now=now, company_id=seller_id, seller_id=seller_id, name=zone.name)
    zone.delete()


def _entries(lines: Sequence[str]) -> list[tuple[int | None, str]]:
    known, by_name = gazetteer(), _regions_by_name()
    found: dict[tuple[int | None, str], None] = {}
    unknown: list[str] = []
    doubtful: list[str] = []
    for line in filter(None, (line.strip() for line in lines)):
        places = known.find(line)
        if line == EVERYWHERE:
            found[None, ""] = None
        elif len(places) == 1:
            found[places[0], ""] = None
        elif (region := by_name.get(fold_text(line))) and not places:
            found[None, region] = None
        else:
            reading = known.read(line)
            if reading.place_id is not None:
                found[reading.place_id, ""] = None
            else:
                (doubtful if places else unknown).append(line)
    if unknown:
        raise ZoneEntriesUnknown(lines=_some(unknown), field="lines")
    if doubtful:
        raise ZoneEntriesDoubtful(lines=_some(doubtful), field="lines")
    return list(found)


def _regions_by_name() -> dict[str, str]:
    found = {}
    for code, region in regions().items():
        found[fold_text(region)] = found[code.lower()] = code
    return found


def _some(lines: Sequence[str]) -> str:
    shown = "; ".join(line[:60] for line in lines[:_SHOWN])
    return f"{shown}; … (+{len(lines) - _SHOWN})" if len(lines) > _SHOWN else shown
