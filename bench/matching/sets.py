"""Pairs of names with the truth: public sets that nobody here made, made-up catalogues, and the demo's sell-out."""

from __future__ import annotations

import os
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np

from bench.matching.goods import catalogue, words_of
from bench.matching.wordings import Manner, Thing, manner_of, say
from zveno.sellout.rules.matching import Asked, Product
from zveno.sellout.rules.matching.range import Compared, Range

DATA = Path(os.environ.get("ZVENO_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data") / "matching"
PUBLIC = ("Abt-Buy", "Walmart-Amazon", "Beer", "Fodors-Zagats", "wdc-computers")
TRAIN, VALID, TEST = range(3)
_FILES = {"wdc-computers": ("train.txt.medium", "valid.txt.small", "test.txt")}
_ROLES = {
    "brand": "brand manufacturer maker factory vendor brew company producer",
    "code": "modelno model sku mpn code article partno phone",
    "price": "price cost",
    "name": "title name",
}
# The class of a restaurant is the key that joins the two tables: the answer itself.
_GIVEN_AWAY = ("class",)
_PER_MANNER = 250
_MANNERS = 8
_GONE = 0.2
_STRANGERS = 25
# What files hold among goods.
_NO_GOODS = (
    "Доставка по городу", "Услуги грузчиков", "Скидка по накладной", "Тара возвратная", "Поддон евро", "Итого",
    "Прочее", "Транспортные расходы", "Бонус за объём", "Консультация", "Delivery", "Монтаж",
    "Залоговая стоимость тары",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pairs:
    """Compared pairs of which some are `labelled` (their places) with the `truth`, and a `split` each."""

    compared: Compared
    labelled: np.ndarray
    truth: np.ndarray
    split: np.ndarray

    def of(self, *splits: int) -> np.ndarray:
        """Which of the labelled belong to these splits."""
        return np.isin(self.split, splits)


def public(name: str) -> Pairs:
    """A public set: every record of either side is there, the labelled pairs are added to the nearest."""
    rows = [
        (*_records(line), split)
        for split, file in enumerate(_FILES.get(name, ("train.txt", "valid.txt", "test.txt")))
        for line in (DATA / name / file).open(encoding="utf-8")
    ]
    left = {record: at for at, record in enumerate(sorted({row[0] for row in rows}))}
    right = {record: at for at, record in enumerate(sorted({row[1] for row in rows}))}
    asked = [Asked(article=code, name=told, brand=brand, price=_price(price), details=rest)
             for told, brand, code, price, rest in left]  # fmt: skip
    products = [Product(at, code, told, brand=brand, price=_price(price), details=rest)
                for (told, brand, code, price, rest), at in right.items()]  # fmt: skip
    wanted = [(left[a], right[b]) for a, b, _, _ in rows]
    compared = Range(products).compare(asked, count=24, besides=wanted)
    place = {pair: at for at, pair in enumerate(zip(compared.first.tolist(), compared.second.tolist(), strict=True))}
    return Pairs(
        compared,
        np.array([place[pair] for pair in wanted]),
        np.array([row[2] for row in rows]),
        np.array([row[3] for row in rows]),
    )


def made_up(seed: str, *, count: int) -> Pairs:
    """A catalogue of `count` products and what eight distributors call some of them; a fifth is not in the range, and a
    tenth more is of other trades. Every pair is labelled."""
    chance = random.Random(f"asked:{seed}")
    every = catalogue(seed, count=count)
    kept = [one for one in every if chance.random() > _GONE]
    places = {id(thing): at for at, (thing, _) in enumerate(kept)}
    words, strange = words_of(every), catalogue(f"strange:{seed}", count=1000)
    asked: list[Asked] = []
    meant: list[int] = []
    for number in range(_MANNERS):
        manner = manner_of(f"{seed}:{number}", words=words)
        for thing, price in chance.sample(every, min(_PER_MANNER, len(every))):
            told = price * chance.uniform(0.65, 1.25) if chance.random() < 0.4 else None
            asked.append(_said(manner, thing, told))
            meant.append(places.get(id(thing), -1))
        for thing, _ in chance.sample(strange, _STRANGERS):
            asked.append(_said(manner, thing, None))
            meant.append(-1)
        asked += [Asked(name=told) for told in _NO_GOODS]
        meant += [-1] * len(_NO_GOODS)
    products = [_product(at, thing, price if chance.random() < 0.5 else None) for at, (thing, price) in enumerate(kept)]
    compared = Range(products).compare(asked)
    truth = (np.array(meant)[compared.first] == compared.second).astype(int)
    everything = np.arange(len(truth))
    return Pairs(compared, everything, truth, np.zeros(len(truth), int))


@dataclass(frozen=True, slots=True)
class SellOut:
    """Distributors' rows against a range: what each says, the product that is meant (None: another maker's), and
    whether it says it otherwise than the range does."""

    products: list[Product]
    rows: list[tuple[Asked, int | None, bool]]


def sell_out(seed: str, *, distributors: int = 40, rows: int = 1000) -> SellOut:
    """Sell-out of the demo's range, of whose brands and families no model has seen any: 20–40 % of a distributor's rows
    call the product by another name, code or unit, 2 % are goods of others."""
    from zveno.demo.rules.products import goods

    range_ = goods(seed=7)
    things = [
        Thing(good.code, good.family.name, good.family.brand, tuple(good.attributes.values())[1:], good.barcode,
              good.family.unit, good.family.pack)
        for good in range_
    ]  # fmt: skip
    others = [thing for thing, _ in catalogue(f"others:{seed}", count=2000)]
    words = tuple({good.family.brand for good in range_})
    weights = [good.popularity for good in range_]
    found: list[tuple[Asked, int | None, bool]] = []
    for number in range(distributors):
        chance = random.Random(f"sell-out:{seed}:{number}")
        manner, share = manner_of(f"{seed}:{number}", words=words), chance.uniform(0.2, 0.4)
        differing = [chance.random() < share for _ in things]
        for at in chance.choices(range(len(things)), weights, k=rows):
            if chance.random() < 0.02:
                found.append((_said(manner, chance.choice(others), None), None, True))
                continue
            said = _said(manner, things[at], None)
            plain = Asked(product_code=said.product_code, name=range_[at].name)
            found.append((said if differing[at] else plain, at, differing[at]))
    products = [Product(at, good.code, good.name, (good.barcode,), good.family.brand) for at, good in enumerate(range_)]
    return SellOut(products, found)


def _said(manner: Manner, thing: Thing, price: float | None) -> Asked:
    said = say(manner, thing)
    told = None if price is None else Decimal(str(round(price * float(said.factor), 2)))
    return Asked(product_code=said.code, name=said.name, price=told)


def _product(at: int, thing: Thing, price: float | None) -> Product:
    told = None if price is None else Decimal(str(price))
    return Product(at, thing.code, thing.name, brand=thing.brand, price=told)


_Record = tuple[str, str, str, str, str]


def _records(line: str) -> tuple[_Record, _Record, int]:
    first, second, label = line.rstrip("\n").split("\t")
    return _record(first), _record(second), int(label)


def _record(told: str) -> _Record:
    """«COL title VAL … COL modelno VAL …» by the roles of the columns' names."""
    found: dict[str, str] = defaultdict(str)
    for column, value in re.findall(r"COL (\S+) VAL (.*?)(?= COL |$)", told):
        value = value.strip().strip("`'").strip()
        if column not in _GIVEN_AWAY and value not in ("-", ""):
            role = _role(column)
            found[role] = f"{found[role]} {value}".strip()
    return found["name"], found["brand"], found["code"], found["price"], found["details"]


def _role(column: str) -> str:
    parts = set(re.sub(r"[^a-z]", "_", column.lower()).split("_"))
    return next((role for role, words in _ROLES.items() if parts & set(words.split())), "details")


def _price(told: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[^0-9.]", "", told))
    except InvalidOperation:
        return None
