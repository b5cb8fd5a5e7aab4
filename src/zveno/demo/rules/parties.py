"""Companies of the demo world, their legal entities, and who buys from whom on what terms."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal

from zveno.demo.rules import codes, names
from zveno.demo.rules.geography import Place
from zveno.demo.rules.prices import dealer_kind

OPERATOR, SALES_HOUSE = 1, 2
DISTRIBUTORS = (3, 4, 5, 6)
FIRST_DEALER = 7
DEALERS, DEALER_ENTITIES = 60, 90

_DISTRIBUTORS = (
    ("Северлюм", "SEV", "RU-78", ("NWD",), 11),
    ("Волгадекор-Опт", "VLG", "RU-63-01", ("VFD", "SFD", "NCD"), 13),
    ("Урал-Светокруг", "URA", "RU-74-01", ("UFD",), 9),
    ("Сибирский электроряд", "SIB", "RU-54-01", ("SIB", "FED"), 11),
)
_DIRECT = 16
# So that what a distributor buys is about what it sells on; the third buys too much.
_SIZES = {3: 0.85, 4: 0.85, 5: 0.95, 6: 1.0}


@dataclass(frozen=True, slots=True)
class Party:
    """A company. `segment` says what it deals in; `supplier` is the distributor it buys from, if any."""

    id: int
    name: str
    code: str
    place: Place
    segment: str = "mixed"
    suppliers: tuple[int, ...] = ()
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Legal:
    """A legal entity of a company; `main` is the id of the entity it is a daughter of."""

    id: int
    company: int
    main: int | None
    name: str
    full_name: str
    inn: str
    kpp: str
    ogrn: str
    place: Place
    address: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """What a seller and one entity of a buyer agreed. `pays_late_days` is how the buyer really pays."""

    seller: int
    buyer: int
    entity: int
    price_kind: int
    discount: Decimal
    credit_limit: Decimal
    delay_days: int
    pays_late_days: int
    contract: str
    entity_is_daughter: bool = False
    district: str = ""


def parties(towns: list[Place], *, seed: int) -> list[Party]:
    """The operator, its sales house, four distributors, sixty dealers; ids as the constants say."""
    by_code = {place.code: place for place in towns}
    name = names.MANUFACTURER
    found = [
        Party(OPERATOR, name, "ORN", by_code["RU-50-01"]),
        Party(SALES_HOUSE, f"Торговый дом «{name}»", "TDO", by_code["RU-50-01"]),
    ]
    for at, (title, code, home, _, _) in zip(DISTRIBUTORS, _DISTRIBUTORS, strict=True):
        found.append(Party(at, title, code, by_code[home], suppliers=(SALES_HOUSE,), size=_SIZES[at]))
    return found + _dealers(towns, seed)


def _dealers(towns: list[Place], seed: int) -> list[Party]:
    chance = random.Random(f"{seed}:dealers")  # noqa: S311 - a made-up world
    plan: list[tuple[Place, tuple[int, ...]]] = []
    direct = [town for town in towns if town.district == "CFD"]
    plan += [(direct[(number + 5) % len(direct)], (SALES_HOUSE,)) for number in range(_DIRECT)]
    for at, (_, _, _, districts, count) in zip(DISTRIBUTORS, _DISTRIBUTORS, strict=True):
        near = [town for town in towns if town.district in districts]
        plan += [(near[number % len(near)], (at,)) for number in range(count)]
    found: list[Party] = []
    for number, ((name, segment), (place, suppliers)) in enumerate(zip(names.dealers(), plan, strict=True)):
        also = (DISTRIBUTORS[0],) if number == 0 else (SALES_HOUSE,) if number % 9 == 4 and number > _DIRECT else ()
        size = round(0.4 + chance.paretovariate(2.2) * 0.5, 3)
        at = FIRST_DEALER + number
        found.append(Party(at, name, f"D{at - 6:03d}", place, segment, suppliers + also, min(size, 3.0)))
    return [replace(found[0], size=1.6), *found[1:]]


def legals(companies: list[Party], *, seed: int) -> list[Legal]:
    """One entity of each company, and daughters of dealers up to ninety; numbers are valid and belong to nobody."""
    chance = random.Random(f"{seed}:legals")  # noqa: S311 - a made-up world
    found: list[Legal] = []
    extra = _daughters_of_each(chance)
    for company in companies:
        main = _legal(len(found) + 1, company, None, 0, chance)
        found.append(main)
        for number in range(1, extra.get(company.id, 0) + 1):
            found.append(_legal(len(found) + 1, company, main.id, number, chance))
    return found


def _daughters_of_each(chance: random.Random) -> dict[int, int]:
    extra = {FIRST_DEALER: 2, DISTRIBUTORS[1]: 1}
    for _ in range(DEALER_ENTITIES - DEALERS - 2):
        dealer = chance.randrange(FIRST_DEALER + 1, FIRST_DEALER + DEALERS)
        extra[dealer] = extra.get(dealer, 0) + 1
    return extra


def _legal(at: int, company: Party, main: int | None, number: int, chance: random.Random) -> Legal:
    tax, year = company.place.tax_region, 2005 + at % 18
    address = names.address(company.place.name, chance)
    if main is not None and number % 2 == 1 and company.id >= FIRST_DEALER and at % 3 == 0:
        owner = names.person(chance)
        last, first = owner.split()[1], owner.split()[0]
        short = f"ИП {last} {first[0]}. ({company.name})"
        full = f"Индивидуальный предприниматель {last} {first}"
        inn, ogrn = codes.person_inn(tax, 1000 + at), codes.person_ogrn(tax, year, 1000 + at)
        return Legal(at, company.id, main, short, full, inn, "", ogrn, company.place, address, False)
    title = company.name.replace("«", "").replace("»", "")
    tail = f" {company.place.name}" if number == 1 else f"-{number}" if number else ""
    quoted = f"{title}{tail}"
    return Legal(
        id=at,
        company=company.id,
        main=main,
        name=f"ООО «{quoted}»",
        full_name=f"Общество с ограниченной ответственностью «{quoted}»",
        inn=codes.company_inn(tax, 100 + at),
        kpp=codes.kpp(tax),
        ogrn=codes.company_ogrn(tax, year, 100 + at),
        place=company.place,
        address=address,
        is_default=main is None,
    )


def terms(companies: list[Party], entities: list[Legal], *, seed: int) -> list[Terms]:
    """Terms of every entity with each supplier of its company. Price kinds are numbered as in `prices`."""
    chance = random.Random(f"{seed}:terms")  # noqa: S311 - a made-up world
    by_company = {company.id: company for company in companies}
    found: list[Terms] = []
    for entity in entities:
        buyer = by_company[entity.company]
        for seller in buyer.suppliers:
            found.append(_terms(seller, buyer, entity, len(found) + 1, chance))
    return found


def _terms(seller: int, buyer: Party, entity: Legal, number: int, chance: random.Random) -> Terms:
    delay = chance.choice((0, 14, 21, 30, 30, 45))
    return Terms(
        seller=seller,
        buyer=buyer.id,
        entity=entity.id,
        price_kind=dealer_kind(seller, is_distributor=buyer.id in DISTRIBUTORS, size=buyer.size),
        discount=Decimal(chance.choice((0, 0, 2, 3, 5))),
        credit_limit=Decimal(round(buyer.size * (240 if buyer.id in DISTRIBUTORS else 4)) * 250_000),
        delay_days=60 if buyer.id in DISTRIBUTORS else delay,
        pays_late_days=chance.choice((-3, 0, 0, 1, 2, 4, 9, 21)),
        contract=f"{buyer.code}-{number:03d}/{chance.randrange(20, 25)}",
        entity_is_daughter=entity.main is not None,
        district=entity.place.district,
    )
