"""A tariff table of a carrier, from a day on; rows that say the same as before stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from zveno.base.arrays import number_array
from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.save_carrier import locked_carrier
from zveno.delivery.errors import NothingToTake
from zveno.delivery.models import TariffRow
from zveno.delivery.queries.carriers import zone_names
from zveno.delivery.rules.tables import TariffLine
from zveno.kit.codes import fold_text

_BATCH = 2000
_Key = tuple[int, int, Decimal, Decimal | None]


@dataclass(frozen=True, slots=True)
class TariffTaken:
    """What came of a table: rows new or changed, rows as before, rows that ended."""

    new: int
    same: int
    ended: int


@in_transaction
def take_tariff(
    *,
    seller_id: int,
    carrier_id: int,
    lines: Sequence[TariffLine],
    valid_from: date,
    whole: bool,
    now: datetime,
    say: Callable[[int], object] = lambda done: None,
) -> TariffTaken:
    """Let the rows of `lines` hold from `valid_from`. With `whole`, rows that the table does not name end there.

    What a row replaces ends on that day; nothing is deleted. Raises CarrierNotFound, NothingToTake.
    """
    if not lines:
        raise NothingToTake()
    carrier = locked_carrier(carrier_id=carrier_id, seller_id=seller_id)
    zones = {fold_text(name): id_ for name, id_ in zone_names(seller_id=seller_id, carrier_id=carrier_id).items()}
    held = TariffRow.objects.visible_to(current()).filter(carrier=carrier).exclude(valid_to__lte=valid_from)
    before = {_key(row): row for row in held.order_by("valid_from", "id")}
    told = {_key_of(line, zones): _row(line, zones, seller_id, carrier_id, valid_from) for line in lines}
    same = {key for key, row in told.items() if key in before and _content(before[key]) == _content(row)}
    replaced = [
        row.pk for key, row in before.items() if (key in told and key not in same) or (whole and key not in told)
    ]
    _end(replaced, valid_from)
    new = [row for key, row in told.items() if key not in same]
    for at in range(0, len(new), _BATCH):
        TariffRow.objects.bulk_create(new[at : at + _BATCH])
        say(len(same) + at)
    taken = TariffTaken(len(new), len(same), len(replaced))
    record(
        action="tariff_taken",
        subject=carrier,
        now=now,
        company_id=seller_id,
        seller_id=seller_id,
        name=carrier.name,
        on=valid_from.isoformat(),
        new=taken.new,
        same=taken.same,
        ended=taken.ended,
    )
    return taken


def _end(ids: Sequence[int], on: date) -> None:
    """A period that has not begun yet becomes an empty one: it is known and never held."""
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE delivery_tariffrow SET valid_to = GREATEST(valid_from, %s) WHERE id = ANY(%s::bigint[])",
            [on, number_array(ids)],
        )


def _key(row: TariffRow) -> _Key:
    volume = row.upto_m3.normalize() if row.upto_m3 is not None else None
    return (row.from_zone_id, row.to_zone_id, row.over_kg.normalize(), volume)


def _key_of(line: TariffLine, zones: dict[str, int]) -> _Key:
    volume = line.upto_m3.normalize() if line.upto_m3 is not None else None
    return (zones[fold_text(line.from_zone)], zones[fold_text(line.to_zone)], line.over_kg.normalize(), volume)


def _content(row: TariffRow) -> tuple[object, ...]:
    return (
        row.upto_kg, row.price, row.per_kg, row.per_km, row.minimum, row.days_min, row.days_max, row.weekdays,
        row.valid_to,
    )  # fmt: skip


def _row(line: TariffLine, zones: dict[str, int], seller_id: int, carrier_id: int, valid_from: date) -> TariffRow:
    return TariffRow(
        seller_id=seller_id,
        carrier_id=carrier_id,
        from_zone_id=zones[fold_text(line.from_zone)],
        to_zone_id=zones[fold_text(line.to_zone)],
        over_kg=line.over_kg,
        upto_kg=line.upto_kg,
        upto_m3=line.upto_m3,
        price=line.price.quantize(Decimal("0.01")),
        per_kg=line.per_kg,
        per_km=line.per_km,
        minimum=line.minimum.quantize(Decimal("0.01")),
        days_min=line.days_min,
        days_max=line.days_max,
        weekdays="".join(str(day + 1) for day in sorted(line.weekdays)),
        valid_from=valid_from,
    )
