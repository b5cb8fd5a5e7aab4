"""Tariffs and places as tables: what each row says, and what is wrong with it, by row and column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Generic, TypeVar

from zveno.delivery.rules.cells import (
    BadCell,
    Heads,
    RowFault,
    degrees_of,
    find_heads,
    number_of,
    text_of,
    weekdays_of,
    whole_of,
)
from zveno.delivery.rules.cities import city_code
from zveno.kit.codes import fold_text
from zveno.kit.tables import Cell, Row

T = TypeVar("T")
MOST_FAULTS = 500
LONGEST_DAYS = 365
_ZERO = Decimal(0)

TARIFF_HEADS: Mapping[str, tuple[str, ...]] = {
    "from_zone": ("Откуда", "Зона отправления", "From", "From zone"),
    "to_zone": ("Куда", "Зона назначения", "To", "To zone"),
    "over_kg": ("Вес свыше, кг", "Вес от, кг", "Weight over, kg", "Weight from, kg"),
    "upto_kg": ("Вес до, кг", "Weight up to, kg", "Weight to, kg"),
    "upto_m3": ("Объём до, м³", "Volume up to, m³"),
    "price": ("Цена", "Стоимость", "Price"),
    "per_kg": ("За кг сверх", "Цена за кг", "Per kg above", "Per kg"),
    "per_km": ("За км", "Per km"),
    "minimum": ("Минимум", "Не менее", "Minimum"),
    "days_min": ("Дней от", "Срок от", "Days from"),
    "days_max": ("Дней до", "Срок до", "Days to"),
    "weekdays": ("Дни отправки", "Leaves on", "Weekdays"),
}
PLACE_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("Название", "Наименование", "Населённый пункт", "Город", "Name", "City"),
    "name_en": ("Название по-английски", "По-английски", "Name in English"),
    "region_code": ("Код региона", "Region code"),
    "region": ("Регион", "Region"),
    "region_en": ("Регион по-английски", "Region in English"),
    "latitude": ("Широта", "Latitude"),
    "longitude": ("Долгота", "Longitude"),
    "time_zone": ("Часовой пояс", "Time zone"),
    "aliases": ("Другие названия", "Other names", "Aliases"),
    "code": ("Код", "Code"),
}


@dataclass(frozen=True, slots=True)
class TariffLine:
    """A row of a tariff table. Zones are named; what is left out is zero or without limit."""

    row: int
    from_zone: str
    to_zone: str
    over_kg: Decimal
    upto_kg: Decimal | None
    upto_m3: Decimal | None
    price: Decimal
    per_kg: Decimal
    per_km: Decimal
    minimum: Decimal
    days_min: int
    days_max: int
    weekdays: frozenset[int]

    @property
    def key(self) -> tuple[str, str, Decimal, Decimal | None]:
        """Two rows with one key say the same thing twice."""
        return (fold_text(self.from_zone), fold_text(self.to_zone), self.over_kg, self.upto_m3)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A row of a table of places."""

    row: int
    code: str
    name: str
    name_en: str
    region_code: str
    region: str
    region_en: str
    latitude: Decimal
    longitude: Decimal
    time_zone: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """What a table says: its good rows, and the faults of the others (the first five hundred)."""

    lines: tuple[T, ...]
    faults: tuple[RowFault, ...]
    heads_missing: bool = False


def read_tariffs(rows: Iterable[Row], *, zones: Collection[str]) -> Table[TariffLine]:
    """The rows of a tariff table; `zones` are the names of the known zones.

    Needs the columns from, to, price, days from. A row with a fault is left out, and so is the second of two that say
    the same.
    """
    known = {fold_text(name) for name in zones}
    seen: dict[object, int] = {}

    def read(heads: Heads, row: Row) -> TariffLine:
        line = _tariff(heads, row)
        for name, zone in (("from_zone", line.from_zone), ("to_zone", line.to_zone)):
            if fold_text(zone) not in known:
                raise _Bad(name, "zone_unknown", name=zone)
        if line.key in seen:
            raise _Bad("over_kg", "row_repeated", row=str(seen[line.key]))
        seen[line.key] = line.row
        return line

    return _read(rows, TARIFF_HEADS, ("from_zone", "to_zone", "price", "days_min"), read)


def read_places(rows: Iterable[Row], *, time_zones: Collection[str]) -> Table[PlaceLine]:
    """The rows of a table of places; `time_zones` are the known IANA names.

    Needs the columns name, region code, region, latitude, longitude, time zone.
    """
    seen: dict[str, int] = {}

    def read(heads: Heads, row: Row) -> PlaceLine:
        line = _place(heads, row)
        if line.time_zone not in time_zones:
            raise _Bad("time_zone", "time_zone_unknown", name=line.time_zone)
        if line.code in seen:
            raise _Bad("name", "row_repeated", row=str(seen[line.code]))
        seen[line.code] = line.row
        return line

    needed = ("name", "region_code", "region", "latitude", "longitude", "time_zone")
    return _read(rows, PLACE_HEADS, needed, read)


class _Bad(BadCell):
    """A fault of a named field."""

    def __init__(self, name: str, code: str, /, **params: str) -> None:
        super().__init__(code, **params)
        self.name = name


def _read(
    rows: Iterable[Row],
    names: Mapping[str, tuple[str, ...]],
    needed: tuple[str, ...],
    read: Callable[[Heads, Row], T],
) -> Table[T]:
    walked = iter(rows)
    first = [row for row, _ in zip(walked, range(30), strict=False)]
    heads = find_heads(first, names, needed=needed)
    if heads is None:
        return Table((), (), heads_missing=True)
    lines: list[T] = []
    faults: list[RowFault] = []
    for row in chain(first, walked):
        if row.number <= heads.row or row.blank:
            continue
        try:
            lines.append(read(heads, row))
        except _Bad as bad:
            faults.append(RowFault(row.number, heads.letters(bad.name), bad.code, bad.params))
    return Table(tuple(lines), tuple(faults[:MOST_FAULTS]))


def _tariff(heads: Heads, row: Row) -> TariffLine:
    field = _Fields(heads, row)
    over = field.number("over_kg") or _ZERO
    upto = field.number("upto_kg")
    if upto is not None and upto <= over:
        raise _Bad("upto_kg", "band_empty", over=str(over), upto=str(upto))
    days_min = field.needed("days_min", field.whole("days_min", LONGEST_DAYS))
    days_max = field.whole("days_max", LONGEST_DAYS)
    if days_max is not None and days_max < days_min:
        raise _Bad("days_max", "days_turned", min=str(days_min), max=str(days_max))
    return TariffLine(
        row=row.number,
        from_zone=field.needed("from_zone", field.text("from_zone")),
        to_zone=field.needed("to_zone", field.text("to_zone")),
        over_kg=over,
        upto_kg=upto,
        upto_m3=field.number("upto_m3"),
        price=field.needed("price", field.number("price")),
        per_kg=field.number("per_kg") or _ZERO,
        per_km=field.number("per_km") or _ZERO,
        minimum=field.number("minimum") or _ZERO,
        days_min=days_min,
        days_max=days_max if days_max is not None else days_min,
        weekdays=field.weekdays("weekdays"),
    )


def _place(heads: Heads, row: Row) -> PlaceLine:
    field = _Fields(heads, row)
    name = field.needed("name", field.text("name", 120))
    region_code = field.needed("region_code", field.text("region_code", 12)).upper()
    name_en = field.text("name_en", 120)
    return PlaceLine(
        row=row.number,
        code=field.text("code", 60).upper() or city_code(region_code, name_en or _latin(name)),
        name=name,
        name_en=name_en,
        region_code=region_code,
        region=field.needed("region", field.text("region", 120)),
        region_en=field.text("region_en", 120),
        latitude=field.needed("latitude", field.degrees("latitude", 90)),
        longitude=field.needed("longitude", field.degrees("longitude", 180)),
        time_zone=field.needed("time_zone", field.text("time_zone", 64)),
        aliases=tuple(part.strip() for part in field.text("aliases", 1000).split(",") if part.strip()),
    )


class _Fields:
    """The fields of one row; what cannot be read says which field it was."""

    def __init__(self, heads: Heads, row: Row) -> None:
        self._heads, self._row = heads, row

    def text(self, name: str, longest: int = 120) -> str:
        return self._take(name, lambda cell: text_of(cell, longest))

    def number(self, name: str) -> Decimal | None:
        return self._take(name, number_of)

    def whole(self, name: str, most: int) -> int | None:
        return self._take(name, lambda cell: whole_of(cell, most=most))

    def degrees(self, name: str, most: int) -> Decimal | None:
        return self._take(name, lambda cell: degrees_of(cell, most=most))

    def weekdays(self, name: str) -> frozenset[int]:
        return self._take(name, weekdays_of)

    def needed(self, name: str, value: T | None) -> T:
        if value is None or value == "":
            raise _Bad(name, "cell_missing")
        return value

    def _take(self, name: str, read: Callable[[Cell], T]) -> T:
        try:
            return read(self._heads.cell(self._row, name))
        except BadCell as bad:
            raise _Bad(name, bad.code, **bad.params) from None


_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch ' y ' e yu ya".replace("'", "").split(" "),
        strict=True,
    )
)


def _latin(name: str) -> str:
    return "".join(_LETTERS.get(sign, sign) for sign in name.lower())
