"""A product's name taken apart: words, codes, numbers, measures, traits; and what in two names excludes one another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from zveno.sellout.rules.matching.measures import Measures, by_dimension, take_measures
from zveno.sellout.rules.matching.words import code_key, one_alphabet, trait_of, word_key

_TOKEN = re.compile(r"\d+(?:[.,]\d+)?(?=[^\w]|$)|[^\W_]+(?:[./-](?=[^\W_]*\d)[^\W_]+)*\+?|[%№\"]")
_CHUNK = re.compile(r"[^\s,;()\[\]|\"'«»]+")
_PLAIN_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SIDES = re.compile(r"(\d+(?:[.,]\d+)?)[xх×*/-](\d+(?:[.,]\d+)?)(?:[xх×*/-](\d+(?:[.,]\d+)?))?")
_DIMENSION_SPACED = re.compile(r"(?<=\d)\s*[×*]\s*(?=\d)|(?<=\d)\s+[xх]\s+(?=\d)")
_DASHES = str.maketrans("‐‑‒–—−", "------")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: words in one alphabet, codes (letters with digits, long numbers), bare numbers, measures,
    traits (`colour:бел`), and neighbours joined, for a code is often typed with blanks."""

    words: frozenset[str]
    codes: frozenset[str]
    numbers: frozenset[str]
    measures: Measures
    traits: frozenset[str]
    joined: frozenset[str] = frozenset()

    @property
    def tokens(self) -> frozenset[str]:
        return self.words | self.codes | self.numbers


def fold_name(told: str) -> str:
    """A name in lower case, with one kind of quotes, dashes and multiplication signs."""
    folded = unicodedata.normalize("NFKC", told).lower().replace("ё", "е").translate(_DASHES)
    folded = folded.replace("''", '"').replace(" ' ", ' " ')
    return _DIMENSION_SPACED.sub("x", folded)


def take_apart(told: str, *, brand: str = "") -> Name:
    """The parts of a product's name; the words of its `brand` are added."""
    folded = fold_name(told if brand.strip() in told else f"{brand} {told}")
    measures, rest = take_measures(folded)
    words: set[str] = set()
    codes: set[str] = set()
    numbers: set[str] = set()
    traits: set[str] = set()
    tokens = _TOKEN.findall(rest)
    for token in tokens:
        if token[0].isdigit() and _PLAIN_NUMBER.fullmatch(token):
            plain = token.replace(",", ".").lstrip("0") or "0"
            (codes if len(plain) >= 6 and "." not in plain else numbers).add(plain.removesuffix(".0"))
        elif any(char.isdigit() for char in token):
            _add_mixed(token, codes, numbers)
        elif len(token) == 1:
            words.add(code_key(token))
        else:
            word = one_alphabet(token)
            words.add(word_key(word))
            traits.add(trait_of(word))
    codes.update(_chunk_codes(folded))
    measured = {value for dimension, value in measures if dimension != "pack"}
    return Name(
        words=frozenset(words - {""}),
        codes=frozenset(codes - {""}),
        numbers=frozenset(value for value in numbers if float(value) not in measured),
        measures=measures,
        traits=frozenset(traits - {""}),
        joined=_joined(tokens),
    )


def _chunk_codes(folded: str) -> list[str]:
    """Whatever stands between blanks and holds letters with digits, or six digits and more."""
    found = []
    for chunk in _CHUNK.findall(folded):
        if any(char.isdigit() for char in chunk) and not _SIDES.fullmatch(chunk):
            key = code_key(chunk)
            if len(key) >= (6 if key.isdigit() else 4) and not _MEASURED.fullmatch(key):
                found.append(key)
    return found


_MEASURED = re.compile(r"\d+[^\W\d_]{1,2}\.?")


def _joined(tokens: list[str]) -> frozenset[str]:
    """Codes that neighbouring tokens make when written together: «mdr ex55» → mdrex55."""
    pairs = (code_key(a + b) for a, b in pairwise(tokens) if any(char.isdigit() for char in a + b))
    return frozenset(pair for pair in pairs if len(pair) >= 5 and not pair.isdigit())


def _add_mixed(token: str, codes: set[str], numbers: set[str]) -> None:
    """A size such as 500x1200 is numbers; anything else of letters and digits is a code."""
    sides = _SIDES.fullmatch(token)
    if sides:
        numbers.update(side.replace(",", ".").removesuffix(".0") for side in sides.groups() if side)
    else:
        codes.add(code_key(token) + ("+" if token.endswith("+") else ""))


def conflicts(first: Name, second: Name) -> tuple[str, ...]:
    """What in two names excludes their being one thing: a dimension told by both with no value in common (`volume`,
    `power` …), a pack that only one tells, `colour`, `side`, `gloss`, `sex`, another `model` and another `number`.
    Symmetric."""
    found: list[str] = []
    a, b = by_dimension(first.measures), by_dimension(second.measures)
    found += sorted(dimension for dimension in a.keys() & b.keys() if not a[dimension] & b[dimension])
    if ("pack" in a) != ("pack" in b) and (a.get("pack") or b.get("pack")) != {1.0}:
        found.append("pack")
    groups = {trait.split(":")[0] for trait in first.traits} & {trait.split(":")[0] for trait in second.traits}
    found += [group for group in sorted(groups) if not _of(first, group) & _of(second, group)]
    left_a, left_b = first.codes - second.codes - second.joined, second.codes - first.codes - first.joined
    if left_a and left_b and not _akin(left_a, left_b):
        found.append("model")
    numbers_a, numbers_b = first.numbers - second.numbers, second.numbers - first.numbers
    if numbers_a and numbers_b and not _told_elsewhere(numbers_a, second) and not _told_elsewhere(numbers_b, first):
        found.append("number")
    return tuple(found)


def untold(said: Name, product: Name) -> tuple[str, ...]:
    """Traits (`colour`, `side` …) that a line tells and the product's name does not: perhaps another product, which is
    not in the range."""
    groups = {trait.split(":")[0] for trait in product.traits}
    return tuple(sorted({trait.split(":")[0] for trait in said.traits} - groups))


def agreement(first: Name, second: Name) -> tuple[str, ...]:
    """What in two names speaks for their being one thing: the same `model`, `sizes`, traits, `words` (all of the
    shorter side's). Symmetric."""
    found = []
    if (first.codes | first.joined) & (second.codes | second.joined):
        found.append("model")
    if first.measures & second.measures or first.numbers & second.numbers:
        found.append("sizes")
    found += sorted({trait.split(":")[0] for trait in first.traits & second.traits})
    if first.words and second.words and min(first.words, second.words, key=len) <= first.words & second.words:
        found.append("words")
    return tuple(found)


def _of(name: Name, group: str) -> set[str]:
    return {trait for trait in name.traits if trait.startswith(f"{group}:")}


def _akin(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether some code of one side is the other's but for a short ending, or holds it whole."""
    for a in left:
        for b in right:
            short, long = sorted((a, b), key=len)
            if len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 2:
                return True
            if len(short) >= 6 and short in long:
                return True
    return False


def _told_elsewhere(numbers: frozenset[str], name: Name) -> bool:
    """Whether every number is told as a measure or within a code on the other side."""
    values = {value for _, value in name.measures}
    return all(float(number) in values or any(number in code for code in name.codes) for number in numbers)
