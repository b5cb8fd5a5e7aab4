"""How distributors call a product in their own books: habits that one keeps, slips that happen, units of one's own.

The same seed says the same. `say` makes the examples that the matcher learns from and is measured on.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from decimal import Decimal

from bench.matching.shorthand import SHORT, TRANSLIT, UNIT_WRITINGS, WORD_TWINS

_LATIN_TWINS = str.maketrans("аеорсухАВЕКМНОРСТУХ", "aeopcyxABEKMHOPCTYX")
_KEYBOARD = "йцукенгшщзхъфывапролджэячсмитьбю"
_NOISE = ("NEW", "АКЦИЯ", "(новинка)", "*", "!", "РАСПРОДАЖА", "опт", "склад")
_PACKS = ("{n}шт/кор", "(кор. {n} шт)", "уп. {n} шт", "{n}/уп", "(x{n})", "упак.{n}", "[{n} шт]")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Thing:
    """A product as far as its wording goes. `parts`: what follows the kind and the brand in the name, in order;
    `pack` base units make a box."""

    code: str
    kind: str
    brand: str
    parts: tuple[str, ...]
    barcode: str = ""
    unit: str = "шт"
    pack: int = 1

    @property
    def name(self) -> str:
        return f"{self.kind} {', '.join(self.parts)}".strip()


@dataclass(frozen=True, slots=True)
class Said:
    """What the distributor's file says. One told unit is `factor` base units."""

    code: str
    name: str
    unit: str
    factor: Decimal = Decimal(1)
    brand: str = ""
    slips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """What a distributor does the same way every time. Shares are chances per product; `renamed` maps a brand or a
    series (lower case) to the distributor's word for it."""

    seed: str
    case: str = "as is"
    brand: str = "kept"
    order: str = "kept"
    joins: str = ", "
    units: str = "as is"
    decimal: str = ","
    shortens: float = 0.0
    packs: float = 0.0
    cut: int = 0
    latin: bool = False
    noise: float = 0.0
    typos: float = 0.02
    twins: float = 0.02
    codes: str = "own"
    boxes: float = 0.0
    drops: float = 0.0
    renamed: dict[str, str] = field(default_factory=dict)


def manner_of(seed: str, *, words: tuple[str, ...] = ()) -> Manner:
    """The habits of the distributor `seed`; `words` are brands and series, of which it renames some."""
    chance = random.Random(f"manner:{seed}")
    renamed = {word.lower(): _rename(word, chance) for word in words if chance.random() < 0.35}
    return Manner(
        seed=seed,
        case=chance.choices(("as is", "upper", "lower"), (6, 3, 1))[0],
        brand=chance.choices(("kept", "first", "last", "dropped", "quoted"), (5, 2, 2, 2, 1))[0],
        order=chance.choices(("kept", "sizes first", "mixed", "rotated"), (6, 2, 1, 1))[0],
        joins=chance.choice((", ", " ", " ", "/", "; ")),
        units=chance.choices(("as is", "tight", "latin", "smaller"), (3, 3, 2, 1))[0],
        decimal=chance.choice(",,."),
        shortens=chance.choice((0, 0, 0.3, 0.7, 1.0)),
        packs=chance.choice((0, 0, 0.15, 0.5)),
        cut=chance.choices((0, 60, 50, 40), (7, 1, 1, 1))[0],
        latin=chance.random() < 0.06,
        noise=chance.choice((0, 0, 0.05, 0.2)),
        typos=chance.choice((0, 0.02, 0.05)),
        twins=chance.choice((0, 0.03, 0.1)),
        codes=chance.choices(("own", "own digits", "folded", "none"), (3, 3, 1, 2))[0],
        boxes=chance.choice((0, 0.05, 0.2)),
        drops=chance.choice((0, 0, 0, 0.03)),
        renamed=renamed,
    )


def say(manner: Manner, thing: Thing) -> Said:
    """`thing` in the distributor's words: the same every time."""
    chance = random.Random(f"{manner.seed}:{thing.code}")
    slips: list[str] = []
    parts = _ordered(manner, list(thing.parts), chance, slips)
    parts = [_written(part, manner, slips) for part in parts]
    kind = _without_brand(thing, manner, slips)
    if chance.random() < manner.shortens:
        kind, parts = _short(kind, chance, slips), [_short(part, chance, slips) for part in parts]
    name = _joined(kind, parts, manner, thing, slips)
    unit, factor = _unit(manner, thing, chance, slips)
    name = _with_pack(name, manner, thing, chance, slips)
    name = _slipped(_renamed(name, manner, slips), manner, chance, slips)
    return Said(_own_code(manner, thing, chance), _finished(name, manner, slips), unit, factor, "", tuple(slips))


def _rename(word: str, chance: random.Random) -> str:
    """A brand or series as the distributor says it: in the other alphabet, cut short, or by a name of its own."""
    how = chance.random()
    if how < 0.5:
        return word.lower().translate(TRANSLIT).title() if not word.isascii() else word
    if how < 0.75 and len(word) > 4:
        return word[:3].upper()
    return "".join(
        chance.choice(pair) for pair in ("ВКМНРСТЛД", "аеиоу", "лмнрстк", "аио", ("", "н", "р", "с"))
    ).title()


def _ordered(manner: Manner, parts: list[str], chance: random.Random, slips: list[str]) -> list[str]:
    if len(parts) > 2 and chance.random() < manner.drops:
        slips.append("part left out")
        parts.pop(chance.randrange(len(parts)))
    if manner.order == "sizes first":
        parts.sort(key=lambda part: not part[:1].isdigit())
    elif manner.order == "mixed":
        chance.shuffle(parts)
    elif manner.order == "rotated":
        parts = parts[1:] + parts[:1]
    if manner.order != "kept":
        slips.append("order")
    return parts


def _written(part: str, manner: Manner, slips: list[str]) -> str:
    """A size in the distributor's writing: 10 Вт → 10W, 0,9 л → 900 мл, 300 × 300 → 300x300."""
    if manner.units == "as is":
        return part.replace(",", manner.decimal)
    slips.append("units written")
    if manner.units == "smaller":
        part = re.sub(r"(\d+(?:,\d+)?) (л|м|кг)\b(?!²|/)", _in_smaller, part)
    part = re.sub(r"\s*[×x]\s*", "х" if manner.units == "tight" else "x", part)
    if manner.units == "latin":
        for russian, latin in UNIT_WRITINGS:
            part = re.sub(rf"(?<=\d) ?{russian}(?![\w²])", latin, part)
    return re.sub(r"(?<=\d) (?=[^\W\d])", "", part).replace(",", manner.decimal).replace("²", "2")


def _in_smaller(found: re.Match[str]) -> str:
    value = Decimal(found[1].replace(",", "."))
    name, factor = {"л": ("мл", 1000), "м": ("см", 100), "кг": ("г", 1000)}[found[2]]
    return f"{(value * factor).normalize():f} {name}"


def _without_brand(thing: Thing, manner: Manner, slips: list[str]) -> str:
    if not thing.brand or manner.brand == "kept":
        return thing.kind
    slips.append(f"brand {manner.brand}")
    return " ".join(re.sub(rf"(?<!\w){re.escape(thing.brand)}(?!\w)", " ", thing.kind).split())


def _short(text: str, chance: random.Random, slips: list[str]) -> str:
    """Long words cut as people cut them, by the customary abbreviation or after a consonant."""

    def cut(found: re.Match[str]) -> str:
        word = found[0]
        known = SHORT.get(word.lower())
        if known:
            slips.append("abbreviated")
            return chance.choice(known)
        if len(word) < 7 or chance.random() < 0.4:
            return word
        slips.append("abbreviated")
        at = chance.choice((4, 5, 6))
        while at > 3 and word[at - 1].lower() in "аеиоуыэюяёй":
            at -= 1
        return f"{word[:at]}."

    return _WORD.sub(cut, text)


def _joined(kind: str, parts: list[str], manner: Manner, thing: Thing, slips: list[str]) -> str:
    tail = manner.joins.join(parts)
    if manner.order == "sizes first" and manner.case == "upper":
        slips.append("sizes before the kind")
        name = f"{tail} {kind}"
    else:
        name = f"{kind} {tail}"
    if manner.brand == "first":
        return f"{thing.brand} {name}"
    if manner.brand == "last":
        return f"{name} {thing.brand}"
    return f'{name} "{thing.brand}"' if manner.brand == "quoted" else name


def _renamed(name: str, manner: Manner, slips: list[str]) -> str:
    def other(found: re.Match[str]) -> str:
        word = manner.renamed.get(found[0].lower())
        if word is None:
            return found[0]
        slips.append("renamed")
        return word

    return _WORD.sub(other, name) if manner.renamed else name


def _unit(manner: Manner, thing: Thing, chance: random.Random, slips: list[str]) -> tuple[str, Decimal]:
    if thing.pack > 1 and chance.random() < manner.boxes:
        slips.append("sold by the box")
        unit = "бухта" if thing.unit == "м" else chance.choice(("кор", "упак", f"кор {thing.pack}", f"уп/{thing.pack}"))
        return unit, Decimal(thing.pack)
    return thing.unit, Decimal(1)


def _with_pack(name: str, manner: Manner, thing: Thing, chance: random.Random, slips: list[str]) -> str:
    if thing.pack < 2 or thing.unit != "шт" or chance.random() >= manner.packs:
        return name
    slips.append("pack in the name")
    return f"{name} {chance.choice(_PACKS).format(n=thing.pack)}"


def _slipped(name: str, manner: Manner, chance: random.Random, slips: list[str]) -> str:
    if chance.random() < manner.noise:
        slips.append("noise")
        name = f"{name} {chance.choice(_NOISE)}"
    if chance.random() < manner.typos:
        name = _mistyped(name, chance, slips)
    if chance.random() < manner.twins:
        slips.append("look-alike letters")
        name = "".join(c.translate(_LATIN_TWINS) if chance.random() < 0.5 else c for c in name)
    for word, twin in WORD_TWINS.items():
        if word in name.lower() and chance.random() < 0.15:
            slips.append("another word")
            name = re.sub(rf"(?i)(?<!\w){word}(?!\w)", twin, name)
    return name


def _mistyped(name: str, chance: random.Random, slips: list[str]) -> str:
    places = [at for at, c in enumerate(name) if c.isalpha() and 0 < at < len(name) - 1 and name[at - 1].isalpha()]
    if not places:
        return name
    slips.append("typo")
    at = chance.choice(places)
    return chance.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
            name[:at] + chance.choice(_KEYBOARD) + name[at + 1 :],
        )
    )


def _finished(name: str, manner: Manner, slips: list[str]) -> str:
    if manner.latin:
        slips.append("in Latin letters")
        name = "".join(c.translate(TRANSLIT) if c.islower() else c.lower().translate(TRANSLIT).upper() for c in name)
    name = {"upper": name.upper(), "lower": name.lower()}.get(manner.case, name)
    if manner.cut and len(name) > manner.cut:
        slips.append("cut short")
        name = name[: manner.cut]
    return " ".join(name.split())


def _own_code(manner: Manner, thing: Thing, chance: random.Random) -> str:
    number = chance.randrange(10_000, 99_999)
    if manner.codes == "own":
        return f"{manner.seed[:2].upper()}{number}"
    if manner.codes == "own digits":
        return f"{number:08d}"
    return re.sub(r"[^\w]", "", thing.code).translate(_LATIN_TWINS) if manner.codes == "folded" else ""
