"""How goods travel in the demo world: zones, carriers with their tariffs, parcels that are under way today."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from zveno.delivery.rules.calendar import Calendar, after_days
from zveno.delivery.rules.geo import Point, distance_km
from zveno.demo.rules.geography import Place
from zveno.demo.rules.supply import HOUSES

# Where a district's goods are counted to: its largest city.
_HUBS = {
    "CFD": (Point(Decimal("55.75"), Decimal("37.62")), "Центр"),
    "NWD": (Point(Decimal("59.94"), Decimal("30.31")), "Северо-Запад"),
    "SFD": (Point(Decimal("47.22"), Decimal("39.72")), "Юг"),
    "NCD": (Point(Decimal("45.04"), Decimal("41.97")), "Кавказ"),
    "VFD": (Point(Decimal("53.20"), Decimal("50.14")), "Поволжье"),
    "UFD": (Point(Decimal("56.84"), Decimal("60.61")), "Урал"),
    "SIB": (Point(Decimal("55.03"), Decimal("82.92")), "Сибирь"),
    "FED": (Point(Decimal("43.12"), Decimal("131.89")), "Дальний Восток"),
}
HOUSE_CITIES = {1: "Подольск", 2: "Екатеринбург", 3: "Санкт-Петербург", 4: "Самара", 5: "Челябинск", 6: "Новосибирск"}
HOURS = "пн–пт 8:30–17:30"


@dataclass(frozen=True, slots=True)
class Hauler:
    """A carrier: `rate` is roubles for a kilogram and a thousand kilometres, `speed` kilometres a working day."""

    name: str
    kind: str
    rate: float = 0
    speed: int = 400
    kg_per_m3: int = 200
    cut_off_hour: int | None = None
    weekdays: str = "12345"
    free_from: int | None = None
    insurance: str = "0"
    tracking_url: str = ""
    note: str = ""


HAULERS = (
    Hauler("Первая экспедиция", "tariff", 7.5, 450, 200, 15, "12345", None, "0.15", note="сборные грузы"),
    Hauler("Вектор-Экспресс", "tariff", 19, 1300, 250, 12, "123456", None, "0.3",
           "https://vector-express.example/track/{number}", "скорая доставка"),
    Hauler("Северный обоз", "tariff", 5.2, 300, 180, None, "24", 250_000, note="дешевле всех, по вт и чт"),
    Hauler("Наша машина", "own", 0, 600, 0, 11, "135", 60_000, note="по своему округу"),
    Hauler("Самовывоз", "pickup", weekdays="12345", note="со склада"),
)  # fmt: skip
# over kg, up to kg, how much of the rate a kilogram costs, what comes on top whatever the weight.
_BANDS = ((0, 30, 1.25, 380), (30, 100, 1.1, 420), (100, 500, 1.0, 520), (500, None, 0.86, 900))


@dataclass(frozen=True, slots=True)
class Fare:
    """A row of a tariff between two districts."""

    hauler: int
    start: str
    end: str
    over_kg: int
    upto_kg: int | None
    price: Decimal
    per_kg: Decimal
    per_km: Decimal
    days_min: int
    days_max: int


def districts() -> dict[str, str]:
    """Code → name of every district that is a zone."""
    return {code: name for code, (_, name) in _HUBS.items()}


def moved_days() -> tuple[tuple[date, bool, str], ...]:
    """(day, whether it works, why) of the days off that the government moved: the production calendar of 2026."""
    return (
        (date(2026, 1, 9), False, "Выходной перенесён с субботы 3 января"),
        (date(2026, 12, 31), False, "Выходной перенесён с воскресенья 4 января"),
    )


def house_district(house_id: int) -> str:
    """The district that a warehouse stands in."""
    return {1: "CFD", 2: "UFD", 3: "NWD", 4: "VFD", 5: "UFD", 6: "SIB"}[house_id]


def fares(seller: int) -> Iterator[Fare]:
    """The tariffs of a seller's carriers, from the districts of its warehouses."""
    starts = sorted({house_district(house.id) for house in HOUSES if house.seller == seller})
    for at, hauler in enumerate(HAULERS):
        if hauler.kind == "own":
            yield from (_own(at, start) for start in starts)
        elif hauler.kind == "tariff":
            for start in starts:
                for end in _HUBS:
                    yield from _between(at, hauler, start, end)


def _own(at: int, start: str) -> Fare:
    return Fare(at, start, start, 0, 1500, Decimal(1900), Decimal(0), Decimal(34), 1, 2)


def _between(at: int, hauler: Hauler, start: str, end: str) -> Iterator[Fare]:
    kilometres = max(distance_km(_HUBS[start][0], _HUBS[end][0]) * 1.25, 260)
    days = max(1, round(kilometres / hauler.speed))
    kilogram = hauler.rate * (0.45 + kilometres / 1000)
    price = Decimal(0)
    for over, upto, share, extra in _BANDS:
        # What the band below came to at its end, so that a kilogram more never costs less.
        base = max(price, Decimal(round(extra + kilogram * share * over, -1)))
        per_kg = Decimal(str(round(kilogram * share, 2)))
        yield Fare(at, start, end, over, upto, base, per_kg, Decimal(0), days, days + 1 + days // 3)
        price = base + per_kg * ((upto or over) - over)


@dataclass(frozen=True, slots=True)
class Told:
    """A thing said of a parcel."""

    at: datetime
    state: str
    code: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Moving:
    """A parcel: who carries it, by which number, when it left and is expected, what was said of it."""

    hauler: int
    number: str
    expected_on: date
    said: Sequence[Told]
    state: str


_WAY = (
    ("accepted", "ACCEPTED", "Груз принят на терминал отправления", 0.0),
    ("under_way", "DEPARTED", "Груз выехал из города отправления", 0.08),
    ("under_way", "TRANSIT", "Груз прошёл перевалочный терминал", 0.5),
    ("arrived", "ARRIVED", "Груз прибыл в город назначения", 0.86),
    ("with_courier", "COURIER", "Груз передан водителю на доставку", 0.95),
    ("delivered", "DELIVERED", "Груз вручён", 1.0),
)


def moving(*, at: int, sent_on: date, house_id: int, end: Place, now: datetime, is_late: bool, seed: int) -> Moving:
    """The parcel of a shipment that left on `sent_on`: as far as its carrier has come by `now`; a late one is stuck."""
    chance = random.Random(f"{seed}:parcel:{at}")  # noqa: S311 - a made-up world
    hauler = chance.choice((0, 0, 1))
    hub = _HUBS[end.district or "CFD"][0]
    begins, start = _HUBS[house_district(house_id)][0], HOUSE_CITIES[house_id]
    days = max(2, round(max(distance_km(begins, hub) * 1.25, 260) / HAULERS[hauler].speed) + 1)
    today = now.date()
    expected = after_days(sent_on, days, working=True, calendar=Calendar())
    if is_late:
        expected = today - timedelta(days=2)
    left = datetime.combine(sent_on, time(11, chance.randrange(60)), ZoneInfo("Europe/Moscow"))
    arrives = datetime.combine(expected, time(14, chance.randrange(60)), ZoneInfo(end.time_zone))
    said = []
    for state, code, text, share in _WAY:
        moment = left + (arrives - left) * share
        if moment > now or (is_late and share > 0.6):
            break
        place = end.name if share > 0.8 else start if share < 0.3 else ""
        said.append(Told(moment, state, code, text, place))
    number = f"{'ПЭ' if hauler == 0 else 'ВЭ'}{chance.randrange(10**8, 10**9)}"
    return Moving(hauler, number, expected, said, said[-1].state if said else "booked")
