"""Which settlement a typed address means, and what of the text is left for the street."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from zveno.kit.codes import fold_text

_POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_WORD = re.compile(r"[^\s,;()]+")
# What stands before the name of a settlement, and before or after that of a street.
_SETTLEMENT = frozenset({"г", "г.", "гор", "гор.", "город", "пгт", "пгт.", "с", "с.", "село", "п", "п.", "пос", "пос."})
_STREET = frozenset(
    {"ул", "ул.", "улица", "пр", "пр.", "пр-т", "просп", "просп.", "проспект", "пер", "пер.", "переулок", "пл", "пл."}
    | {"площадь", "ш", "ш.", "шоссе", "наб", "наб.", "набережная", "б-р", "бульвар", "мкр", "мкр.", "проезд", "пр-д"}
    | {"тракт", "аллея", "тупик", "street", "st.", "avenue", "ave"}
)
_REGION = frozenset({"обл", "обл.", "область", "край", "респ", "респ.", "республика", "ао", "р-н", "район", "округ"})
_LONGEST_NAME = 4
_ALIKE = 84
_MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Settlement:
    """A place as an address may name it: `names` are its name and aliases in any language."""

    id: int
    region_code: str
    region: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed address says. `place_id` is sure; where it is `None`, `candidates` are the places to ask about."""

    place_id: int | None
    candidates: tuple[int, ...]
    postcode: str
    street: str


@dataclass(frozen=True, slots=True)
class _Hit:
    ids: tuple[int, ...]
    start: int
    end: int
    marked: bool
    words: int


class Gazetteer:
    """The known settlements, made once and asked often."""

    def __init__(self, settlements: Iterable[Settlement]) -> None:
        self._known = {settlement.id: settlement for settlement in settlements}
        self._ids: defaultdict[str, list[int]] = defaultdict(list)
        for settlement in self._known.values():
            for name in {_folded(name) for name in settlement.names}:
                self._ids[name].append(settlement.id)

    def find(self, name: str) -> tuple[int, ...]:
        """The places that are called exactly so, in any spelling of case and ё."""
        return tuple(self._ids.get(_folded(name), ()))

    def read(self, text: str, *, chosen: int | None = None) -> Reading:
        """Read a typed address. A name that several places bear is narrowed by the region if the text names it.

        `chosen` is the place that a doubt was answered with: it is sure, its mistyped name is no part of the street.
        """
        postcode = found[0] if (found := _POSTCODE.search(text)) else ""
        rest = _POSTCODE.sub(" ", text)
        words = list(_WORD.finditer(rest))
        hits = self._hits(words)
        if chosen is not None:
            hit = next((hit for hit in hits if chosen in hit.ids), None) or self._slip(words, chosen)
            street = _tidy(rest[: hit.start] + " " + rest[hit.end :]) if hit else _tidy(rest)
            return Reading(chosen, (), postcode, street)
        if not hits:
            return Reading(None, self._alike(words), postcode, _tidy(rest))
        best = max(hits, key=lambda hit: (hit.marked, hit.words, -hit.start))
        street = _tidy(rest[: best.start] + " " + rest[best.end :])
        ids = best.ids if len(best.ids) == 1 else self._narrowed(best.ids, rest)
        sure = ids[0] if len(ids) == 1 else None
        return Reading(sure, () if sure else tuple(ids[:_MOST_CANDIDATES]), postcode, street)

    def _hits(self, words: Sequence[re.Match[str]]) -> list[_Hit]:
        found = []
        for start in range(len(words)):
            if start and words[start - 1][0].lower() in _STREET:
                continue
            for count in range(min(_LONGEST_NAME, len(words) - start), 0, -1):
                end = start + count
                if end < len(words) and words[end][0].lower() in _REGION:
                    continue
                ids = self._ids.get(_folded(" ".join(word[0] for word in words[start:end])))
                if not ids:
                    continue
                marked = start > 0 and words[start - 1][0].lower() in _SETTLEMENT
                begins = words[start - 1].start() if marked else words[start].start()
                found.append(_Hit(tuple(ids), begins, words[end - 1].end(), marked, count))
                break
            else:
                found += self._glued(words[start])
        return found

    def _glued(self, word: re.Match[str]) -> list[_Hit]:
        """`г.Москва` without a blank."""
        head, dot, name = word[0].partition(".")
        ids = self._ids.get(_folded(name)) if dot and head.lower() in _SETTLEMENT else None
        return [_Hit(tuple(ids), word.start(), word.end(), marked=True, words=1)] if ids else []

    def _slip(self, words: Sequence[re.Match[str]], chosen: int) -> _Hit | None:
        """The one word that was meant to be the name of the chosen place."""
        names = [_folded(name) for name in self._known[chosen].names] if chosen in self._known else []
        best, score = None, float(_ALIKE)
        for at, word in enumerate(words):
            if at and words[at - 1][0].lower() in _STREET:
                continue
            likeness = max((fuzz.ratio(_folded(word[0]), name) for name in names), default=0)
            if likeness >= score:
                best, score = at, likeness + 1e-9
        if best is None:
            return None
        marked = best > 0 and words[best - 1][0].lower() in _SETTLEMENT
        return _Hit((chosen,), words[best - 1 if marked else best].start(), words[best].end(), marked, 1)

    def _narrowed(self, ids: Sequence[int], text: str) -> tuple[int, ...]:
        told = fold_text(text)
        named = tuple(id_ for id_ in ids if _stem(self._known[id_].region) in told)
        return named if len(named) == 1 else tuple(ids)

    def _alike(self, words: Sequence[re.Match[str]]) -> tuple[int, ...]:
        """Places that are nearly called so: a slip is asked about, never taken for sure."""
        scored: dict[int, float] = {}
        for at, word in enumerate(words):
            if len(word[0]) < _LONGEST_NAME or (at and words[at - 1][0].lower() in _STREET):
                continue
            for name, score, _ in process.extract(
                _folded(word[0]), self._ids.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_CANDIDATES
            ):
                for id_ in self._ids[name]:
                    scored[id_] = max(scored.get(id_, 0), score)
        return tuple(sorted(scored, key=lambda id_: (-scored[id_], id_))[:_MOST_CANDIDATES])


def _folded(name: str) -> str:
    return fold_text(name).replace(".", " ").replace("-", " ").strip()


def _stem(region: str) -> str:
    """The word by which a region is told apart, without its ending: `калужская область` is found by `калужск`."""
    words = [word for word in fold_text(region).split() if word not in _REGION and len(word) > 2]
    return max(words, key=len, default=fold_text(region))[:-2]


def _tidy(text: str) -> str:
    parts = [part.strip(" .,;") for part in re.split(r"[,;\n]", text)]
    return ", ".join(part for part in parts if part)
