"""The products of the demo world: every family spread over its axes."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from itertools import product as spread

from zveno.demo.rules.codes import ean13
from zveno.demo.rules.families import Family, families, unit_code
from zveno.kit.codes import fold_code

WHOLE = 3000


@dataclass(frozen=True, slots=True)
class Good:
    """One product. `retail` is the recommended price in roubles with VAT; `popularity` weighs how often it is bought;
    `look` is the number of its picture within the family, the same for products that look alike."""

    id: int
    family: Family
    code: str
    code_folded: str
    name: str
    barcode: str
    attributes: dict[str, str]
    retail: Decimal
    weight_g: int
    popularity: float
    look: str

    @property
    def unit_code(self) -> str:
        return unit_code(self.family.unit)

    @property
    def about(self) -> str:
        """A few sentences for the product's page."""
        family = self.family
        told = "; ".join(f"{name.lower()} — {value}" for name, value in list(self.attributes.items())[1:])
        return (
            f"{family.name}: {told}. Раздел «{family.path[2].lower()}», марка {family.brand}. "
            f"Упаковка {family.pack} {family.unit}. Гарантия 24 месяца."
        )


@dataclass(frozen=True, slots=True)
class Node:
    """A category. Ids from 1, parents before children; `path` is the ids from the root."""

    id: int
    parent: int | None
    name: str
    path: str
    position: int


def goods(*, seed: int, count: int = WHOLE) -> list[Good]:
    """`count` products, the same for the same seed; a smaller world takes some of every family."""
    found: list[Good] = []
    every = families()
    spreads = [list(spread(*(values for _, values in family.axes))) for family in every]
    share = count / WHOLE
    for family, combinations in zip(every, spreads, strict=True):
        kept = combinations if share >= 1 else combinations[: max(2, round(len(combinations) * share))]
        chance = random.Random(f"{seed}:{family.code}")  # noqa: S311 - a made-up world
        for number, values in enumerate(kept, 1):
            found.append(_good(len(found) + 1, family, number, values, chance))
    return found[:count]


def nodes() -> tuple[list[Node], dict[tuple[str, ...], int]]:
    """The category tree and the id of each path of names."""
    found: list[Node] = []
    ids: dict[tuple[str, ...], int] = {}
    for family in families():
        for depth in (1, 2, 3):
            names = family.path[:depth]
            if names in ids:
                continue
            parent = ids.get(names[:-1])
            above = found[parent - 1].path if parent else "/"
            ids[names] = at = len(found) + 1
            found.append(Node(at, parent, names[-1], f"{above}{at}/", at))
    return found, ids


def property_names() -> list[str]:
    """Names of every property that products have, in a fixed order."""
    labels = {label for family in families() for label, _ in family.axes}
    return ["Бренд", *sorted(labels - {"Бренд"})]


def _good(at: int, family: Family, number: int, values: tuple[str, ...], chance: random.Random) -> Good:
    code = f"{family.code}-{number:03d}"
    steps = [axis.index(value) for (_, axis), value in zip(family.axes, values, strict=True)]
    first = len(family.axes[0][1]) - 1
    dearer = 1 + (family.growth - 1) * (steps[0] / first if first else 0)
    for step in steps[1:]:
        dearer *= 1 + 0.09 * step
    return Good(
        id=at,
        family=family,
        code=code,
        code_folded=fold_code(code),
        name=f"{family.name} {', '.join(values)}",
        barcode=ean13(at),
        attributes={"Бренд": family.brand, **dict(zip((label for label, _ in family.axes), values, strict=True))},
        retail=_round_price(family.price * dearer),
        weight_g=round(family.weight_g * (1 + (dearer - 1) * 0.7)),
        popularity=round(family.popularity * min(chance.paretovariate(1.5), 9), 3),
        look=_look(family, values),
    )


def _round_price(value: float) -> Decimal:
    if value < 100:
        return Decimal(round(value * 10)) / 10
    return Decimal(round(value)) if value < 1000 else Decimal(round(value / 10) * 10)


_VISIBLE = ("Цвет", "Отделка", "Рисунок", "Фактура", "Сюжет", "Форма", "Коллекция", "Температура", "Тип", "Постов",
            "Полюсов")  # fmt: skip


def _look(family: Family, values: tuple[str, ...]) -> str:
    told = [value for (label, _), value in zip(family.axes, values, strict=True) if label in _VISIBLE]
    return "|".join(told[:2])
