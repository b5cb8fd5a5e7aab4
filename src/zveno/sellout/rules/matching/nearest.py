"""The products worth comparing with what a line says: the nearest by rare tokens and by runs of letters."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sparse_dot_topn import sp_matmul_topn

from zveno.sellout.rules.matching.likeness import Places, Standing
from zveno.sellout.rules.matching.texts import Floats, Lexicon, Texts

CANDIDATES = 12
_FAMILIES = {"tokens": 1.0, "labels": 0.7, "grams": 1.0}
_COMMON = 0.12
_ABOUT = 0.05
_LEAST = 0.08


class Neighbourhood:
    """The products as unit vectors of what is rare about them. Read-only."""

    def __init__(self, lexicon: Lexicon, products: Texts) -> None:
        self._weights = _weights(lexicon, products)
        self._rows = self._vectors(products)
        self._columns = self._rows.T.tocsr()

    def nearest(self, asked: Texts, *, count: int = CANDIDATES, threads: int = 2) -> tuple[Places, Places, Floats]:
        """Pairs (asked, product, nearness 0..1): up to `count` products for each, in the order of the asked and from
        near to far."""
        found = sp_matmul_topn(
            self._vectors(asked), self._columns, top_n=count, threshold=_LEAST, sort=True, n_threads=threads
        ).tocsr()
        first = np.repeat(np.arange(len(asked)), np.diff(found.indptr))
        return first, found.indices.astype(np.intp), found.data.astype(np.float32)

    def nearness(self, asked: Texts, first: Places, second: Places) -> Floats:
        """How near these pairs are, 0..1."""
        vectors = self._vectors(asked)
        return np.asarray(vectors[first].multiply(self._rows[second]).sum(axis=1), np.float32).ravel()

    def _vectors(self, texts: Texts) -> sp.csr_matrix:
        parts = []
        for family, share in _FAMILIES.items():
            rows = texts.rows[family].held @ sp.diags(self._weights[family])
            parts.append(_unit(rows) * np.float32(np.sqrt(share)))
        soft = texts.soft.held @ sp.diags(self._weights["soft"])
        parts.append(_unit(soft.tocsr()) * np.float32(np.sqrt(0.7)))
        return _unit(sp.hstack(parts, format="csr").astype(np.float32))


def _weights(lexicon: Lexicon, products: Texts) -> dict[str, Floats]:
    """Rarity squared, for nearness is what rare tokens say; what a tenth of a large catalogue holds says nothing and
    costs most."""
    found = {}
    for family in _FAMILIES:
        held = np.asarray(products.rows[family].held.sum(axis=0)).ravel()
        common = held > max(_COMMON * len(products), 200)
        found[family] = np.where(common, 0, lexicon.families[family].rarity).astype(np.float32)
    found["soft"] = lexicon.families["words"].rarity
    return found


def _unit(rows: sp.csr_matrix) -> sp.csr_matrix:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    length[length == 0] = 1
    scaled = sp.diags((1 / length).astype(np.float32)) @ rows
    return scaled.tocsr()


def standing(first: Places, nearness: Floats) -> Standing:
    """Where each pair stands among those of the same asked one; pairs of one are neighbours, from near to far."""
    starts = np.flatnonzero(np.r_[True, np.diff(first) > 0]) if len(first) else np.zeros(0, np.intp)
    sizes = np.diff(np.r_[starts, len(first)])
    rank = np.arange(len(first)) - np.repeat(starts, sizes)
    best = np.repeat(nearness[starts], sizes) if len(first) else nearness
    second_at = np.minimum(starts + 1, len(first) - 1)
    second = np.repeat(np.where(sizes > 1, nearness[second_at], 0), sizes) if len(first) else nearness
    other = np.where(rank == 0, second, best)
    crowd = _crowd(nearness, starts, sizes)
    return Standing(nearness, (nearness - other).astype(np.float32), rank.astype(np.float32), crowd)


def _crowd(nearness: Floats, starts: npt.NDArray[np.intp], sizes: npt.NDArray[np.intp]) -> Floats:
    """How many of the same asked one's are as near as this one or nearly so, or nearer."""
    found = np.zeros(len(nearness), np.float32)
    for start, size in zip(starts, sizes, strict=True):
        own = nearness[start : start + size]
        found[start : start + size] = np.searchsorted(-own, -(own - _ABOUT), side="right")
    return found
