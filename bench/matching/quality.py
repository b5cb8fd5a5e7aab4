"""How well: F1 on public sets, trained and not trained on the target; auto-accept on the generated sell-out."""

from __future__ import annotations

import numpy as np
import xgboost as xgb

from bench.matching.sets import PUBLIC, TEST, TRAIN, made_up, public, sell_out
from bench.matching.train import HELD_BACK, SIZES, calibration, grown
from zveno.sellout.learned import trained
from zveno.sellout.rules.matching import Match, ProductIndex, Verdict
from zveno.sellout.rules.matching.asking import Levels
from zveno.sellout.rules.matching.forest import Forest, kept

_SEEDS = range(5)
_TARGET = {
    "objective": "binary:logistic",
    "tree_method": "hist",
    "max_bin": 128,
    "max_depth": 4,
    "eta": 0.06,
    "subsample": 0.8,
    "colsample_bytree": 0.3,
    "min_child_weight": 3,
    "reg_lambda": 3,
    "nthread": 2,
}
_ROUNDS = 350


def trained_on_target() -> list[tuple[str, str]]:
    """F1 on each test split of forests that learned from that set's train split alone: the mean of five, a pair is told
    the same from one half up. Nothing is chosen by looking at valid or test."""
    found = []
    for name in PUBLIC:
        pairs = public(name)
        table, learned = pairs.compared.table[pairs.labelled], pairs.of(TRAIN)
        told = xgb.DMatrix(table[learned], pairs.truth[learned])
        forests = [xgb.train({**_TARGET, "seed": seed}, told, _ROUNDS) for seed in _SEEDS]
        chances = np.mean([forest.inplace_predict(table) for forest in forests], axis=0)
        test = pairs.of(TEST)
        found.append((f"{name}, trained on its train split", f"F1 {100 * f1(chances[test], pairs.truth[test]):.1f}"))
    return found


def untrained_on_target() -> list[tuple[str, str]]:
    """F1 on each test split, and precision at the level of acceptance on the whole set, of a forest that has seen
    nothing of that set: the recipe of the shipped model without it."""
    accept = Levels().accept
    generated = [made_up(f"learn:{at}", count=count) for at, count in enumerate(SIZES)]
    held_back = [made_up(f"calibrate:{at}", count=count) for at, count in enumerate(HELD_BACK)]
    sets = {name: public(name) for name in PUBLIC}
    found = []
    for name, pairs in sets.items():
        others = {other: told for other, told in sets.items() if other != name}
        booster = grown(generated, others)
        forest = Forest.from_bytes(kept(booster, calibration(booster, held_back, others)))
        compared = pairs.compared
        chances = forest.chances(compared.table, compared.names, compared.first)[pairs.labelled]
        test, sure = pairs.of(TEST), chances >= accept
        precision = pairs.truth[sure].mean() if sure.any() else np.nan
        reached = 100 * f1(chances[test], pairs.truth[test])
        told = f"F1 {reached:.1f}; {sure.sum()} pairs from {accept} up, of them right {100 * precision:.1f} %"
        found.append((f"{name}, never seen", told))
    return found


def of_sell_out() -> list[tuple[str, str]]:
    """Auto-accept on the demo's range: over all rows, and over those alone that say it otherwise."""
    told = sell_out("measured")
    matches = ProductIndex(told.products, trained()).resolve_all(asked for asked, _, _ in told.rows)
    every = [(matches[asked], meant) for asked, meant, _ in told.rows]
    otherwise = [(matches[asked], meant) for asked, meant, differs in told.rows if differs]
    return [
        (f"generated sell-out, {len(every):,} rows", _accepted(every)),
        (f"of them said otherwise, {len(otherwise):,} rows", _accepted(otherwise)),
    ]


def _accepted(rows: list[tuple[Match, int | None]]) -> str:
    sure = [(match, meant) for match, meant in rows if match.verdict is Verdict.CERTAIN]
    right = sum(match.product_id == meant for match, meant in sure)
    return f"accepted {100 * len(sure) / len(rows):.1f} %, of them right {100 * right / len(sure):.2f} %"


def f1(chances: np.ndarray, truth: np.ndarray, *, least: float = 0.5) -> float:
    """F1 of telling the same from this probability up."""
    told = chances >= least
    return float(2 * (told & (truth == 1)).sum() / max(told.sum() + truth.sum(), 1))
