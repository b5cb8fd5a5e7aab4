"""The features of pairs of names: what a learned model judges by. Shapes: one row per pair, columns as FEATURES."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from zveno.sellout.rules.matching.texts import Floats, Lexicon, Texts

Places = npt.NDArray[np.intp]
_STRINGS: dict[str, Any] = {
    "ratio": fuzz.ratio,
    "sorted": fuzz.token_sort_ratio,
    "set": fuzz.token_set_ratio,
    "part": fuzz.partial_ratio,
    "start": JaroWinkler.similarity,
}
_COVERED = ("tokens", "words", "codes", "numbers", "every", "labels", "whole", "grams", "pairs", "values")
_RAREST = ("tokens", "words", "codes", "labels", "every", "whole")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pair stands among the asked one's candidates: its nearness, by how much it leads the best other, how many
    are nearer, how many are about as near."""

    nearness: Floats
    lead: Floats
    rank: Floats
    crowd: Floats


def features(
    lexicon: Lexicon, asked: Texts, products: Texts, first: Places, second: Places, standing: Standing
) -> tuple[Floats, tuple[str, ...]]:
    """Features of the pairs (`asked[first]`, `products[second]`), and their names. Missing values are NaN."""
    told = dict(_all(lexicon, asked, products, first, second))
    told |= {
        "standing_nearness": standing.nearness,
        "standing_lead": standing.lead,
        "standing_rank": standing.rank,
        "standing_crowd": standing.crowd,
    }
    return np.column_stack(list(told.values())).astype(np.float32), tuple(told)


def _all(
    lexicon: Lexicon, asked: Texts, products: Texts, first: Places, second: Places
) -> Iterator[tuple[str, Floats]]:
    shared: dict[str, sp.csr_matrix] = {}
    for family, vocabulary in lexicon.families.items():
        a, b = asked.rows[family].at(first), products.rows[family].at(second)
        both = a.held.multiply(b.held).tocsr()
        shared[family] = both
        if family in _COVERED:
            yield from _coverage(family, both @ vocabulary.rarity, a.weight, b.weight)
        if family in _RAREST:
            rarity = vocabulary.rarity
            yield f"{family}_rarest_shared", _largest(both, rarity)
            yield f"{family}_rarest_left_a", np.maximum(_largest(a.held - both, rarity), a.strange)
            yield f"{family}_rarest_left_b", _largest(b.held - both, rarity)
    yield from _clashes("measures", "dimensions", shared, asked, products, first, second)
    yield from _clashes("traits", "groups", shared, asked, products, first, second)
    yield from _codes(shared, asked, products, first, second)
    yield from _softly(lexicon, asked, products, first, second)
    yield from _brands(lexicon, asked, products, first, second)
    yield from _strings(asked, products, first, second)
    with np.errstate(invalid="ignore", divide="ignore"):
        yield "price", np.abs(np.log(asked.price[first] / products.price[second]))
    yield "count_a", _sums(asked.rows["tokens"].held)[first]
    yield "count_b", _sums(products.rows["tokens"].held)[second]


def _coverage(name: str, shared: Floats, a: Floats, b: Floats) -> Iterator[tuple[str, Floats]]:
    """How much of each side's weight is shared (NaN where a side has none), and how much is not."""
    yield f"{name}_covered_a", _part(shared, a)
    yield f"{name}_covered_b", _part(shared, b)
    yield f"{name}_shared", shared
    yield f"{name}_left_a", np.maximum(a - shared, 0)
    yield f"{name}_left_b", np.maximum(b - shared, 0)


def _clashes(
    family: str,
    groups: str,
    shared: dict[str, sp.csr_matrix],
    asked: Texts,
    products: Texts,
    first: Places,
    second: Places,
) -> Iterator[tuple[str, Floats]]:
    """Told by both: with the same value, with another; told by one only."""
    both, same = _sums(shared[groups]), _sums(shared[family])
    yield f"{family}_same", same
    yield f"{family}_clash", np.maximum(both - same, 0)
    yield f"{family}_only_a", _sums(asked.rows[groups].held)[first] - both
    yield f"{family}_only_b", _sums(products.rows[groups].held)[second] - both


def _codes(
    shared: dict[str, sp.csr_matrix], asked: Texts, products: Texts, first: Places, second: Places
) -> Iterator[tuple[str, Floats]]:
    """How far codes agree from their beginning or end, and whether those told as codes are the same."""
    ends = _sums(shared["ends"])
    a, b = _sums(asked.rows["ends"].held)[first], _sums(products.rows["ends"].held)[second]
    yield "ends_shared", ends
    yield "ends_part", _part(ends, np.minimum(a, b))
    has_a, has_b = _sums(asked.rows["strict"].held)[first], _sums(products.rows["strict"].held)[second]
    told_a = (has_a > 0) | (asked.rows["strict"].strange[first] > 0)
    yield "strict_same", np.where(told_a & (has_b > 0), np.minimum(_sums(shared["strict"]), 1), np.nan)


def _softly(
    lexicon: Lexicon, asked: Texts, products: Texts, first: Places, second: Places
) -> Iterator[tuple[str, Floats]]:
    """Words with abbreviations and slips allowed for."""
    rarity = lexicon.families["words"].rarity
    soft, words = asked.soft.at(first), products.rows["words"].at(second)
    shared = soft.held.multiply(words.held).tocsr() @ rarity
    yield "soft_covered_a", np.minimum(_part(shared, soft.weight), 1)
    yield "soft_covered_b", np.minimum(_part(shared, words.weight), 1)
    yield "soft_left_a", np.maximum(soft.weight - shared, 0)
    yield "soft_left_b", np.maximum(words.weight - shared, 0)
    yield "soft_strange", soft.strange


def _brands(
    lexicon: Lexicon, asked: Texts, products: Texts, first: Places, second: Places
) -> Iterator[tuple[str, Floats]]:
    """How much of one side's brand stands in the other's name; NaN where it tells none."""
    brand_a, brand_b = asked.brand[first], products.brand[second]
    in_b = _sums(brand_a.multiply(products.rows["words"].held[second]).tocsr())
    in_a = _sums(brand_b.multiply(asked.rows["words"].held[first]).tocsr())
    told_a = asked.branded[first]
    yield "brand_in_b", _part(in_b, told_a)
    yield "brand_in_a", _part(in_a, _sums(brand_b))
    both = _sums(brand_a.multiply(brand_b).tocsr())
    yield "brand_same", np.where((told_a > 0) & (_sums(brand_b) > 0), np.minimum(both, 1), np.nan)


def _strings(asked: Texts, products: Texts, first: Places, second: Places) -> Iterator[tuple[str, Floats]]:
    for text, told, meant in (("full", asked.full, products.full), ("name", asked.name, products.name)):
        one, other = [told[at] for at in first], [meant[at] for at in second]
        for name, scorer in _STRINGS.items():
            yield f"{text}_{name}", process.cpdist(one, other, scorer=scorer, workers=1, dtype=np.float32)


def _largest(rows: sp.csr_matrix, rarity: Floats) -> Floats:
    """The rarity of each row's rarest token; 0 for an empty row."""
    found = np.zeros(rows.shape[0], np.float32)
    if rows.nnz:
        filled = np.diff(rows.indptr) > 0
        told = rarity[rows.indices] * (rows.data > 0)
        found[filled] = np.maximum.reduceat(told, rows.indptr[:-1][filled])
    return found


def _sums(rows: sp.csr_matrix) -> Floats:
    return np.asarray(rows.sum(axis=1), np.float32).ravel()


def _part(shared: Floats, whole: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, shared / whole, np.nan).astype(np.float32)
