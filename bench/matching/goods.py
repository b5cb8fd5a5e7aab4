"""Made-up catalogues of many trades to learn from: kinds of goods spread over their axes, brands and series invented.

None of the demo's brands, families or codes is here: what is learned on these is measured on that.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product as spread
from pathlib import Path

from bench.matching.wordings import Thing

# A line of kinds: kind (brand and series fill {b} and {s}); unit; boxes; price of the least; then axes, the values of
# each between semicolons. A line of models: name, then axes.
_KINDS = Path(__file__).with_name("kinds.txt").read_text(encoding="utf-8").splitlines()
_MODELS = Path(__file__).with_name("models.txt").read_text(encoding="utf-8").splitlines()
_HEADS = ("бел", "вер", "гра", "дор", "зар", "кор", "лам", "мар", "нов", "ор", "пол", "рос", "сев", "тор", "эко", "юн")
_TAILS = ("ан", "ард", "ика", "лайн", "мет", "нель", "ол", "он", "оника", "ра", "сил", "та", "тек", "фор", "цвет")
_LATIN_HEADS = (
    "al",
    "bren",
    "cor",
    "dex",
    "el",
    "fin",
    "gral",
    "hol",
    "kra",
    "lum",
    "nor",
    "pro",
    "ther",
    "vel",
    "xen",
)
_LATIN_TAILS = ("co", "do", "ex", "gard", "ia", "ic", "line", "mo", "on", "pro", "ra", "tec", "to", "us", "wood")
_SERIES = ("Премиум", "Стандарт", "Классик", "Эко", "Профи", "Лайт", "Макс", "Плюс", "Оптима", "Элит", "Комфорт",
           "Prime", "Basic", "Home", "Gold", "Active", "Soft", "Ultra", "Сад", "Море", "Линия", "Форте", "Вита",
           "Нео")  # fmt: skip
_WAYS = ("{k}{n:04d}", "{n:06d}", "{k}-{n:03d}", "{n:02d}.{m:04d}", "{k}{m}-{n}", "{n:08d}", "{k} {n:04d}/{m:02d}")


def catalogue(seed: str, *, count: int) -> list[tuple[Thing, float]]:
    """About `count` products and their prices, the same for the same seed; a few trades, some dozen brands."""
    chance = random.Random(f"goods:{seed}")
    found: list[tuple[Thing, float]] = []
    while len(found) < count:
        every = _models(chance) if chance.random() < 0.25 else _kinds(chance)
        found.extend(every)
    return found[:count]


def words_of(things: list[tuple[Thing, float]]) -> tuple[str, ...]:
    """The brands and series of a catalogue."""
    told = {thing.brand for thing, _ in things if thing.brand}
    told |= {word for thing, _ in things for word in thing.kind.split()[1:] if word in _SERIES}
    return tuple(sorted(told))


def _brand(chance: random.Random) -> str:
    heads, tails = (_HEADS, _TAILS) if chance.random() < 0.6 else (_LATIN_HEADS, _LATIN_TAILS)
    name = chance.choice(heads) + chance.choice(tails)
    return name.upper() if chance.random() < 0.15 else name.capitalize()


def _kinds(chance: random.Random) -> Iterator[tuple[Thing, float]]:
    """The products of one kind under a brand or two."""
    pattern, unit, boxes, price, *axes = chance.choice(_KINDS).split("|")
    way, letters = (
        chance.choice(_WAYS),
        "".join(chance.choice("ABCDEGHKLMNPRSTUVX") for _ in range(chance.randrange(1, 4))),
    )
    number = chance.randrange(1, 500)
    for _ in range(chance.choice((1, 1, 2))):
        brand = _brand(chance)
        for series in chance.sample(_SERIES, chance.choice((1, 2, 3))) if "{s}" in pattern else [""]:
            kind = pattern.format(b=brand, s=series)
            told = [
                [value for value in axis.split(";") if chance.random() < 0.85] or axis.split(";")[:1] for axis in axes
            ]
            pack = int(chance.choice(boxes.split(",")))
            for at, values in enumerate(spread(*told)):
                number += chance.choice((1, 1, 1, 5))
                code = way.format(k=letters, n=number, m=number % 97)
                cost = float(price) * (1 + 0.4 * len(values[-1]) + 0.01 * at) * chance.uniform(0.9, 1.1)
                yield Thing(code, kind, brand, values, f"46{number:011d}", unit, pack), round(cost, 2)


def _models(chance: random.Random) -> Iterator[tuple[Thing, float]]:
    """Products that have a model number in the name, several colours and sizes of each."""
    pattern, *axes = chance.choice(_MODELS).split("|")
    brand = _brand(chance)
    for _ in range(chance.randrange(4, 12)):
        letters = "".join(chance.choice("ABCDEFGHKLMNPRSTVWX") for _ in range(chance.randrange(1, 4)))
        joint, number = chance.choice(("-", "", " ")), chance.randrange(10, 9999)
        model = f"{letters}{joint}{number}{chance.choice(('', '', 'B', 'W', 'X', 'S'))}"
        cost = chance.uniform(300, 30_000)
        told = [chance.sample(axis.split(";"), min(len(axis.split(";")), chance.choice((1, 1, 2, 3)))) for axis in axes]
        for at, values in enumerate(spread(*told)):
            code = f"{model.replace(' ', '')}{chance.choice(('', '/A', '-EU'))}{at or ''}"
            kind = pattern.format(b=brand, m=model)
            yield Thing(code, kind, brand, values, "", "шт", 1), round(cost * (1 + 0.1 * at), 2)
