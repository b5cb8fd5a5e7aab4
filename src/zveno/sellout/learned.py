"""The learned model that ships with the product: read once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from zveno.sellout.rules.matching import Forest

MODEL = Path(__file__).with_name("names.ubj")


@cache
def trained() -> Forest:
    """The forest that judges pairs of names."""
    return Forest.from_bytes(MODEL.read_bytes())
