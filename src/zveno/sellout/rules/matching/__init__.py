"""Which of the manufacturer's products a line means: candidates, a probability, a reason, the right to abstain.

`ProductIndex` is asked; the rest are its steps: `codes`, then names: `range` (a manufacturer's names made ready),
`nearest` (candidates), `likeness` (features of a pair), `forest` (the learned model). Words: asked (what a line says),
candidate, verdict.
"""

from zveno.sellout.rules.matching.asking import (
    Asked,
    Candidate,
    Match,
    Product,
    Verdict,
    asked_of,
    barcode_key,
    own_key,
    own_keys,
)
from zveno.sellout.rules.matching.forest import Forest
from zveno.sellout.rules.matching.index import ProductIndex

__all__ = [
    "Asked",
    "Candidate",
    "Forest",
    "Match",
    "Product",
    "ProductIndex",
    "Verdict",
    "asked_of",
    "barcode_key",
    "own_key",
    "own_keys",
]
