"""The learned model: how probable it is that two names mean one thing.

A gradient-boosted forest over the features of `likeness`, trained by `python -m bench matching.train`. It knows no
brand, word or code, only how alike names are, so it serves any trade.
"""

from __future__ import annotations

import json

import numpy as np
import xgboost as xgb

from zveno.sellout.rules.matching.likeness import Places
from zveno.sellout.rules.matching.texts import Floats

RIVALRY = 0.5
"""How much the odds of the other candidates take from one: 1 where one at most can be right, 0 where all may."""

_CALIBRATION = "calibration"
_SURE = 1e-6


class Forest:
    """Judges pairs. Read-only; threads may share it."""

    def __init__(self, booster: xgb.Booster) -> None:
        self._booster = booster
        self._names = tuple(booster.feature_names or ())
        told = booster.attr(_CALIBRATION)
        self._calibration = np.asarray(json.loads(told), np.float64) if told else None

    @classmethod
    def from_bytes(cls, model: bytes) -> Forest:
        """The model that `kept` gave."""
        booster = xgb.Booster({"nthread": 2})
        booster.load_model(bytearray(model))
        return cls(booster)

    def chances(self, table: Floats, names: tuple[str, ...], first: Places, *, rivalry: float = RIVALRY) -> Floats:
        """The probability, 0..1, that each pair means one thing. Rows of `table` are pairs, its columns `names`; pairs
        with the same `first` are rivals."""
        if names != self._names:
            raise ValueError("the model was trained on other features")
        if not len(table):
            return np.zeros(0, np.float32)
        alone = self._booster.inplace_predict(table)
        return self._calibrated(shared_out(alone, first, rivalry))

    def _calibrated(self, chances: Floats) -> Floats:
        if self._calibration is None:
            return chances
        told, meant = self._calibration
        return np.asarray(np.interp(chances, told, meant), np.float32)


def shared_out(alone: Floats, first: Places, rivalry: float) -> Floats:
    """Each pair's probability, given those of its rivals: a line means one product."""
    sure = np.clip(alone.astype(np.float64), _SURE, 1 - _SURE)
    odds = sure / (1 - sure)
    others = np.bincount(first, odds, minlength=int(first.max()) + 1)[first] - odds if len(first) else odds
    return np.asarray(odds / (1 + odds + rivalry * others), np.float32)


def kept(booster: xgb.Booster, calibration: tuple[list[float], list[float]]) -> bytes:
    """A trained model as `Forest.from_bytes` reads it. `calibration`: probabilities as the forest tells them, rising,
    and what they turn out to be."""
    booster.set_attr(**{_CALIBRATION: json.dumps(calibration)})
    return bytes(booster.save_raw("ubj"))
