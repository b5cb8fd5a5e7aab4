"""Words as they are cut short or misspelled: which words of the catalogue an unknown one may stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

_SHORTEST = 2
_COMPLETIONS = 12
_CUT, _MISSPELT, _LONGER = 0.85, 0.8, 0.85


class Spelling:
    """The words (keys) of a catalogue, ready to be asked which of them a word may stand for. Read-only."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._sorted = sorted(self._known)
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            if len(word) >= 4:
                self._by_start[word[0]].append(word)
        self._found: dict[str, tuple[tuple[str, float], ...]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def readings(self, word: str) -> tuple[tuple[str, float], ...]:
        """(word of the catalogue, how sure 0..1): the word itself where it is known, with the shortenings of it
        that the catalogue uses; else its completions, and words a slip of the keyboard away."""
        found = self._found.get(word)
        if found is None:
            found = tuple(self._find(word).items())
            if len(self._found) < 200_000:
                self._found[word] = found
        return found

    def _find(self, word: str) -> dict[str, float]:
        shorter = {word[:size]: _LONGER for size in range(3, len(word)) if word[:size] in self._known}
        if word in self._known:
            return {word: 1.0} | shorter
        found = shorter | dict.fromkeys(self._completions(word), _CUT)
        if len(word) >= 4:
            slips = 1 if len(word) < 8 else 2
            near = process.extract(
                word,
                self._by_start.get(word[0], ()),
                scorer=DamerauLevenshtein.distance,
                score_cutoff=slips,
                limit=4,
            )
            for other, _, _ in near:
                found.setdefault(other, _MISSPELT)
        return found

    def _completions(self, word: str) -> list[str]:
        """Words that begin with this one, unless it is so short that it may be any."""
        if len(word) < _SHORTEST:
            return []
        found = []
        for at in range(bisect_left(self._sorted, word), len(self._sorted)):
            if not self._sorted[at].startswith(word):
                break
            found.append(self._sorted[at])
            if len(found) > _COMPLETIONS:
                return found if len(word) > 3 else []
        return found
