"""Words in one alphabet: look-alike letters, transliteration either way, endings; traits that exclude one another."""

from __future__ import annotations

import re
from functools import lru_cache

_TO_LATIN = str.maketrans("авекмнорстухі", "abekmhopctyxi")
_TO_CYRILLIC = str.maketrans("abekmhopctyxi", "авекмнорстухи")
_TWINS = frozenset("abekmhopctyxi")
_TRANSLIT = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu",
        "я": "ia", "і": "i", "ї": "i", "є": "e", "ґ": "g", "қ": "k", "ғ": "g", "ң": "n", "ү": "u", "ұ": "u", "һ": "h",
        "ә": "a", "ө": "o",
    }
)  # fmt: skip
_SOUNDS = (
    ("sch", "sh"), ("ck", "k"), ("ph", "f"), ("kh", "h"), ("x", "ks"), ("y", "i"), ("j", "i"), ("ch", "\0"), ("c", "k"),
    ("\0", "ch"), ("w", "v"), ("q", "k"), ("iia", "ia"), ("iiu", "u"), ("iu", "u"), ("ii", "i"),
)  # fmt: skip
_ENDING = re.compile(
    r"(ими|ыми|ого|его|ому|ему|ами|ями|ная|ный|ное|ные|ых|их|ая|яя|ое|ее|ые|ие|ой|ый|ий|ов|ев|ам|ям|ах|ях|ом|ем|[аяоеиыуюьй])$"
)
# The same endings written in Latin letters: what is transliterated whole loses them too.
_ENDING_LATIN = re.compile(r"(naia|naya|nii|nyy|niy|noe|nie|nye|aia|aya|oe|ie|ye|ii|iy|yy|oi|oy)$")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def word_key(word: str) -> str:
    """A lower-case word in one alphabet, by sound, without its ending: «Дюфа» and Dufa are one."""
    if not word.isascii():
        if len(word) >= 5:
            word = _ENDING.sub("", word)
        word = word.translate(_TRANSLIT)
    elif len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    elif len(word) > 6:
        word = _ENDING_LATIN.sub("", word)
    for sound, letter in _SOUNDS:
        word = word.replace(sound, letter)
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=100_000)
def one_alphabet(word: str) -> str:
    """A lower-case word that mixes alphabets, in the one that most of its letters are surely of."""
    if word.isascii():
        return word
    surely_latin = sum(char.isascii() and char.isalpha() and char not in _TWINS for char in word)
    if not any(char.isascii() and char.isalpha() for char in word):
        return word
    surely_cyrillic = sum(not char.isascii() and char.translate(_TO_LATIN) == char for char in word)
    if surely_latin > surely_cyrillic:
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC)


@lru_cache(maxsize=200_000)
def code_key(told: str) -> str:
    """A code within a lower-case name as compared: look-alike letters as Latin, no punctuation."""
    return re.sub(r"[^0-9a-zа-я]", "", told.translate(_TO_LATIN))


_TRAITS: dict[str, str] = {}
for _group, _words in {
    "colour": "white бел|black черн|red красн|blue син|green зелен|yellow желт|grey сер|gray сер|silver серебр|"
    "pink розов|brown коричн|orange оранж|purple фиолет|gold золот|beige беж|ivory слонов|cyan голуб|magenta пурпур|"
    "bronze бронз|chrome хром|graphite графит|navy темно-син|violet фиолет|anthracite антрацит",
    "side": "left лев|right прав",
    "gloss": "matt матов|matte матов|gloss глянц|glossy глянц|semigloss полумат",
    "sex": "men муж|women жен|mens муж|womens жен|kids детск",
}.items():
    for _pair in _words.split("|"):
        _english, _russian = _pair.split()
        _TRAITS[_english] = f"{_group}:{_russian}"
        _TRAITS[f"={_russian}"] = f"{_group}:{_russian}"
_STEMS = {stem[1:]: trait for stem, trait in _TRAITS.items() if stem[0] == "="}
_TRAIT = re.compile(
    rf"({'|'.join(_STEMS)})(?:н|ян|ист|ов|ев|ск|еньк|ированн)?(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|ую|ых|их|ым|им|ом|а)?"
)


@lru_cache(maxsize=50_000)
def trait_of(word: str) -> str:
    """`colour:бел` for a word that names a colour, side, gloss or sex; empty for others."""
    if word.isascii():
        return _TRAITS.get(word, "")
    found = _TRAIT.fullmatch(word)
    return _STEMS[found[1]] if found else ""
