"""Product names compared: words by their rarity, codes and sizes by agreement, in either alphabet.

Two names that agree in words but not in a size (10 W and 100 W, 2.7 l and 0.9 l), a pack, a model or a colour mean two
products; the score says so, and so does `Likeness.conflicts`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import JaroWinkler

_LOOKALIKES = str.maketrans("авекмнорстухі", "abekmhopctyxi")
_TRANSLIT = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a",
        "і": "i", "ї": "i", "є": "e", "ґ": "g", "қ": "k", "ғ": "g", "ң": "n", "ү": "u", "ұ": "u", "һ": "h", "ә": "a",
        "ө": "o",
    }
)  # fmt: skip
_SOUNDS = (
    ("ck", "k"),
    ("ph", "f"),
    ("x", "ks"),
    ("c", "k"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("q", "k"),
    ("kh", "h"),
)
_ENDING = re.compile(
    r"(ими|ыми|ого|его|ому|ему|ами|ями|ная|ный|ное|ные|ых|их|ая|яя|ое|ее|ые|ие|ой|ый|ий|ов|ев|ам|ям|ах|ях|ом|ем|[аяоеиыуюьй])$"
)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?(?=[^\w]|$)|[^\W_]+(?:[./-](?=[^\W_]*\d)[^\W_]+)*|[%№\"]")
_UNITS: dict[str, tuple[str, float]] = {
    "мл": ("volume", 1), "ml": ("volume", 1), "л": ("volume", 1000), "l": ("volume", 1000), "литр": ("volume", 1000),
    "lt": ("volume", 1000), "литра": ("volume", 1000), "литров": ("volume", 1000), "oz": ("volume_oz", 1),
    "г": ("mass", 1), "гр": ("mass", 1), "g": ("mass", 1), "кг": ("mass", 1000), "kg": ("mass", 1000),
    "lb": ("mass_lb", 1), "lbs": ("mass_lb", 1),
    "вт": ("power", 1), "w": ("power", 1), "watt": ("power", 1), "watts": ("power", 1), "квт": ("power", 1000),
    "kw": ("power", 1000), "в": ("voltage", 1), "v": ("voltage", 1), "volt": ("voltage", 1), "а": ("current", 1000),
    "a": ("current", 1000), "ма": ("current", 1), "к": ("colour_temperature", 1), "k": ("colour_temperature", 1),
    "мм": ("length", 1), "mm": ("length", 1), "см": ("length", 10), "cm": ("length", 10), "м": ("length", 1000),
    "m": ("length", 1000), "\"": ("inch", 1), "inch": ("inch", 1), "in": ("inch", 1), "дюйм": ("inch", 1),
    "'": ("inch", 1),
    "gb": ("memory", 1), "гб": ("memory", 1), "mb": ("memory_mb", 1), "tb": ("memory", 1000), "тб": ("memory", 1000),
    "mp": ("pixels", 1), "megapixel": ("pixels", 1), "мп": ("pixels", 1), "hz": ("frequency", 1),
    "гц": ("frequency", 1), "ghz": ("frequency_g", 1), "шт": ("pack", 1), "pcs": ("pack", 1),
    "pack": ("pack", 1), "pk": ("pack", 1),
    "штук": ("pack", 1), "count": ("pack", 1), "ct": ("pack", 1), "таб": ("pack", 1), "%": ("share", 1),
}  # fmt: skip
_MEASURE = re.compile(
    r"(?<![\w.,])(\d+(?:[.,]\d+)?)[\s-]*("
    + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
    + r")(?![\w])"
)
_MULTIPACK = re.compile(r"(?<![\w.,])(\d{1,3})\s*[xх*×]\s*(?=\d+(?:[.,]\d+)?\s*(?:мл|ml|л|l|г|гр|g|кг|kg)\b)")
_PACK_WORD = re.compile(
    r"(?:уп(?:ак(?:овка)?)?|короб(?:ка)?|кор|набор|комплект|pack of|set of)[\s.№]*(\d{1,4})(?![\w,])"
    r"(?:\s*(?:шт|pcs)\b\.?)?|"
    r"[№x](\d{1,3})(?![\w.,])"
)
_TRAITS: dict[str, str] = {}
for _group, _words in {
    "colour": "white бел|black черн|red красн|blue син|green зелен|yellow желт|grey сер|gray сер|silver серебр|"
    "pink розов|brown коричн|orange оранж|purple фиолет|gold золот|beige беж|ivory слонов",
    "side": "left лев|right прав",
    "gloss": "matt матов|matte матов|gloss глянц|semigloss полумат",
    "sex": "men муж|women жен|mens муж|womens жен",
}.items():
    for _pair in _words.split("|"):
        _english, _russian = _pair.split()
        _TRAITS[_english] = f"{_group}:{_russian}"
        _TRAITS[f"={_russian}"] = f"{_group}:{_russian}"


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: words in one alphabet, codes (letters with digits, long numbers), bare numbers, measures
    (dimension, value), traits (`colour:бел`), and neighbours joined, for a code is often typed with blanks.
    `optional` words (a brand) may go unsaid."""

    words: frozenset[str]
    codes: frozenset[str]
    numbers: frozenset[str]
    measures: frozenset[tuple[str, float]]
    traits: frozenset[str]
    joined: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()

    @property
    def tokens(self) -> frozenset[str]:
        return self.words | self.codes | self.numbers


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0..1, and what speaks against their being one product (`volume`, `pack`, `model` …)."""

    score: float
    conflicts: tuple[str, ...] = ()


@lru_cache(maxsize=200_000)
def word_key(word: str) -> str:
    """A word in one alphabet, by sound, without its ending: «Дюфа» and Dufa are one."""
    if not word.isascii():
        if len(word) >= 5:
            word = _ENDING.sub("", word)
        word = word.translate(_TRANSLIT)
    elif len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for sound, letter in _SOUNDS:
        word = word.replace(sound, letter)
    return re.sub(r"(.)\1+", r"\1", word)


def _code_key(token: str) -> str:
    return re.sub(r"[^0-9a-zа-я]", "", token.translate(_LOOKALIKES))


def take_apart(told: str, *, brand: str = "") -> Name:
    """The parts of a product's name; the words of its `brand` are added, and may go unsaid."""
    optional = frozenset(word_key(word) for word in re.findall(r"[^\W\d_]{2,}", brand.lower().replace("ё", "е")))
    told = told if brand.strip() in told else f"{brand} {told}"
    folded = unicodedata.normalize("NFKC", told).lower().replace("ё", "е").replace("''", '"').replace(" ' ", ' " ')
    measures = set()
    for found in _MULTIPACK.finditer(folded):
        measures.add(("pack", float(found[1])))
    folded = _MULTIPACK.sub(" ", folded)
    for found in _PACK_WORD.finditer(folded):
        measures.add(("pack", float(found[1] or found[2])))
    folded = _PACK_WORD.sub(" ", folded)
    for found in _MEASURE.finditer(folded):
        dimension, factor = _UNITS[found[2]]
        measures.add((dimension, round(float(found[1].replace(",", ".")) * factor, 4)))
    words: set[str] = set()
    codes: set[str] = set()
    numbers: set[str] = set()
    traits: set[str] = set()
    tokens = _TOKEN.findall(_MEASURE.sub(" ", folded))
    for token in tokens:
        if token[0].isdigit() and re.fullmatch(r"\d+(?:[.,]\d+)?", token):
            plain = token.replace(",", ".").lstrip("0") or "0"
            (codes if len(plain) >= 6 and "." not in plain else numbers).add(plain.removesuffix(".0"))
        elif any(char.isdigit() for char in token):
            _add_mixed(token, codes, numbers)
        elif len(token) > 1 or not token.isascii():
            words.add(word_key(token))
            trait = _trait(token)
            if trait:
                traits.add(trait)
    measured = {value for dimension, value in measures if dimension != "pack"}
    numbers = {value for value in numbers if float(value) not in measured}
    return Name(
        frozenset(words - {""}),
        frozenset(codes),
        frozenset(numbers),
        frozenset(measures),
        frozenset(traits),
        _joined(tokens),
        optional,
    )


def _joined(tokens: list[str]) -> frozenset[str]:
    """Codes that neighbouring tokens make when written together: «mdr ex55» → mdrex55."""
    pairs = (_code_key(a + b) for a, b in pairwise(tokens) if any(char.isdigit() for char in a + b))
    return frozenset(pair for pair in pairs if len(pair) >= 5 and not pair.isdigit())


def _add_mixed(token: str, codes: set[str], numbers: set[str]) -> None:
    """A size such as 500x1200 is numbers; anything else of letters and digits is a code."""
    sides = re.fullmatch(r"(\d+(?:[.,]\d+)?)[xх×*/-](\d+(?:[.,]\d+)?)(?:[xх×*/-](\d+(?:[.,]\d+)?))?", token)
    if sides:
        numbers.update(side.replace(",", ".") for side in sides.groups() if side)
    else:
        codes.add(_code_key(token))


@lru_cache(maxsize=50_000)
def _trait(token: str) -> str:
    if token.isascii():
        return _TRAITS.get(token, "")
    return next((trait for stem, trait in _TRAITS.items() if stem[0] == "=" and token.startswith(stem[1:])), "")


class Rarity:
    """How much a token tells: the logarithm of how few names hold it."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.held: Counter[str] = Counter()
        self.count = 0
        for name in names:
            self.held.update(name.tokens)
            self.count += 1

    def __call__(self, token: str) -> float:
        return math.log((self.count + 1) / (self.held.get(token, 0) + 0.5)) + 0.2


def compare(first: Name, second: Name, weight: Callable[[str], float]) -> Likeness:
    """How alike two names are. Shared rare words and codes speak for, sizes, packs, models and colours that differ
    against: each halves the score or nearly so. `words` among the conflicts (one name has words that the other lacks)
    costs nothing more."""
    shared = first.words & second.words
    both = 2 * sum(map(weight, shared))
    rest_a, rest_b = first.words - shared, second.words - shared
    near = _near(rest_a, rest_b)
    both += sum(part * (weight(a) + weight(b)) for a, b, part in near)
    same_codes, code_near = _codes(first, second)
    code_shared = sum(1.5 * (weight(a) + weight(b)) * part for a, b, part in same_codes)
    both += code_shared
    same_numbers = first.numbers & second.numbers
    both += sum(weight(token) for token in same_numbers)
    total_a, total_b = _total(first, weight), _total(second, weight)
    if not total_a or not total_b:
        return Likeness(0.0)
    half = both / 2
    cover_a, cover_b = min(half / total_a, 1.0), min(half / total_b, 1.0)
    score = 0.5 * (cover_a + cover_b) / 2 + 0.5 * max(cover_a, cover_b) * (0.6 + 0.4 * min(cover_a, cover_b))
    if code_near:
        score = max(score, 0.35 + 0.65 * score)
    conflicts, factor = _conflicts(first, second, bool(same_codes))
    matched = {word for a, b, _ in near for word in (a, b)}
    if (rest_a - matched - first.optional) or (rest_b - matched - second.optional):
        conflicts += ("words",)
    return Likeness(round(min(score * factor, 1.0), 4), conflicts)


def _total(name: Name, weight: Callable[[str], float]) -> float:
    return sum(map(weight, name.words)) + 1.5 * sum(map(weight, name.codes)) + 0.5 * sum(map(weight, name.numbers))


def _near(first: frozenset[str], second: frozenset[str]) -> list[tuple[str, str, float]]:
    """Pairs of words that are abbreviations or misspellings of one another."""
    pairs = []
    free = set(second)
    for a in first:
        best, best_score = "", 0.0
        for b in free:
            if len(a) < 3 or len(b) < 3 or a[0] != b[0]:
                continue
            if a.startswith(b) or b.startswith(a):
                score = 0.8
            else:
                score = JaroWinkler.similarity(a, b) if min(len(a), len(b)) > 4 else 0.0
                score = score - 0.1 if score >= 0.92 else 0.0
            if score > best_score:
                best, best_score = b, score
        if best:
            free.discard(best)
            pairs.append((a, best, best_score))
    return pairs


def _codes(first: Name, second: Name) -> tuple[list[tuple[str, str, float]], bool]:
    """Codes that are the same, the same but for a short suffix (a colour, a region), one within the other, or told in
    pieces on one side; and whether one of them is long enough to settle it."""
    pairs = [(code, code, 1.0) for code in first.codes & second.codes]
    free = set(second.codes - first.codes)
    for a in first.codes - second.codes:
        best = max(free, key=lambda b: _code_likeness(a, b), default="")
        if best and (part := _code_likeness(a, best)):
            pairs.append((a, best, part))
            free.discard(best)
        elif a in second.joined:
            pairs.append((a, a, 0.9))
    pairs += [(b, b, 0.9) for b in free if b in first.joined]
    return pairs, any(min(len(a), len(b)) >= 5 for a, b, _ in pairs)


@lru_cache(maxsize=200_000)
def _code_likeness(a: str, b: str) -> float:
    short, long = sorted((a, b), key=len)
    if len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 2:
        return 0.8
    return 0.8 if len(short) >= 6 and short in long else 0.0


def _conflicts(first: Name, second: Name, same_code: bool) -> tuple[tuple[str, ...], float]:
    found: list[str] = []
    factor = 1.0
    a, b = _by_dimension(first), _by_dimension(second)
    for dimension in a.keys() & b.keys():
        if not a[dimension] & b[dimension]:
            found.append(dimension)
            factor *= 0.85 if same_code else 0.5
    for dimension in ("pack", "volume", "mass"):
        if (dimension in a) != (dimension in b):
            packs = a.get(dimension, set()) | b.get(dimension, set())
            if dimension == "pack" and packs != {1.0}:
                found.append("pack")
            factor *= 0.9 if dimension == "pack" else 0.95
    colours = {trait.split(":")[0] for trait in first.traits} & {trait.split(":")[0] for trait in second.traits}
    for group in sorted(colours):
        if not {t for t in first.traits if t.startswith(group)} & {t for t in second.traits if t.startswith(group)}:
            found.append(group)
            factor *= 0.9 if same_code else 0.6
    if not same_code and first.codes and second.codes:
        found.append("model")
        factor *= 0.55
    left_a, left_b = first.numbers - second.numbers, second.numbers - first.numbers
    if left_a and left_b and not _among(left_a, second) and not _among(left_b, first):
        found.append("number")
        factor *= 0.9 if same_code else 0.6
    elif left_a or left_b:
        factor *= 0.97
    return tuple(found), factor


def _by_dimension(name: Name) -> dict[str, set[float]]:
    found: dict[str, set[float]] = {}
    for dimension, value in name.measures:
        found.setdefault(dimension, set()).add(value)
    return found


def _among(numbers: frozenset[str], name: Name) -> bool:
    """Whether every number is told as a measure on the other side."""
    values = {value for _, value in name.measures}
    return all(float(number) in values for number in numbers)
