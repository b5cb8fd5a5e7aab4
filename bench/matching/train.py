"""Train the model that ships: `python -m bench matching.train` writes it, the same for the same data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xgboost as xgb
from scipy.optimize import isotonic_regression

from bench.matching.sets import PUBLIC, TRAIN, VALID, Pairs, made_up, public
from zveno.sellout.learned import MODEL
from zveno.sellout.rules.matching.forest import RIVALRY, Forest, kept

SIZES = (60, 150, 400, 1000, 3000, 6000, 2000, 4000, 100, 250)
HELD_BACK = (200, 600, 2500, 4500)
_WEIGHT = 3000
_NEAREST = 8
_KNOTS = 40
FOREST = {
    "objective": "binary:logistic",
    "tree_method": "hist",
    "max_bin": 128,
    "max_depth": 5,
    "eta": 0.08,
    "subsample": 0.7,
    "colsample_bytree": 0.3,
    "min_child_weight": 5,
    "reg_lambda": 5,
    "nthread": 2,
    "seed": 0,
}
ROUNDS = 400


def main() -> None:
    """Made-up catalogues and the train splits of the public sets to learn from; other made-up catalogues and the valid
    splits to calibrate on. No test split is read for anything."""
    generated = [made_up(f"learn:{at}", count=count) for at, count in enumerate(SIZES)]
    sets = {name: public(name) for name in PUBLIC}
    booster = grown(generated, sets)
    held_back = [made_up(f"calibrate:{at}", count=count) for at, count in enumerate(HELD_BACK)]
    MODEL.write_bytes(kept(booster, calibration(booster, held_back, sets)))
    print(f"{MODEL.name}: {ROUNDS} trees, {MODEL.stat().st_size / 1e6:.1f} MB")


def grown(generated: Sequence[Pairs], sets: Mapping[str, Pairs]) -> xgb.Booster:
    """A forest that has learned from all of these. Each set weighs as much as some thousand pairs, however large."""
    tables, truths, weights = [], [], []
    for pairs in generated:
        rank = pairs.compared.table[:, pairs.compared.names.index("standing_rank")]
        near = rank < _NEAREST
        tables.append(pairs.compared.table[near])
        truths.append(pairs.truth[near])
    for pairs in sets.values():
        learned = pairs.of(TRAIN)
        tables.append(pairs.compared.table[pairs.labelled[learned]])
        truths.append(pairs.truth[learned])
    weights = [np.full(len(truth), min(1.0, _WEIGHT / len(truth))) for truth in truths]
    names = next(iter([*generated, *sets.values()])).compared.names
    told = xgb.DMatrix(
        np.vstack(tables), np.concatenate(truths), weight=np.concatenate(weights), feature_names=list(names)
    )
    return xgb.train(FOREST, told, ROUNDS)


def calibration(
    booster: xgb.Booster, held_back: Sequence[Pairs], sets: Mapping[str, Pairs]
) -> tuple[list[float], list[float]]:
    """What the forest's probabilities turn out to be on pairs that it has not seen: a rising curve of some knots."""
    plain = Forest(booster)
    told, truth = [], []
    for pairs in held_back:
        told.append(_chances(plain, pairs))
        truth.append(pairs.truth)
    for pairs in sets.values():
        valid = pairs.of(VALID)
        told.append(_chances(plain, pairs)[pairs.labelled[valid]])
        truth.append(pairs.truth[valid])
    chances, same = np.concatenate(told), np.concatenate(truth)
    order = np.argsort(chances, kind="stable")
    rising = isotonic_regression(same[order]).x
    knots = np.unique(np.concatenate([[0.0], np.quantile(chances, np.linspace(0, 1, _KNOTS)), _ENDS]))
    meant = np.interp(knots, chances[order], rising)
    meant[0], meant[-1] = 0.0, max(float(meant[-2]), 0.999)
    return [round(float(x), 6) for x in knots], [round(float(y), 6) for y in np.maximum.accumulate(meant)]


_ENDS = np.array(
    [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 1.0]
)


def _chances(forest: Forest, pairs: Pairs) -> np.ndarray:
    compared = pairs.compared
    return forest.chances(compared.table, compared.names, compared.first, rivalry=RIVALRY)
