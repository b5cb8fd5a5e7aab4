"""Matching of products, measured: `python -m bench matching` prints every figure of the README's section of this name.

Public sets and the generated sell-out judge the quality; a million rows against a hundred thousand products the speed.
"""

from __future__ import annotations

from bench._ground import tell


def main() -> None:
    """Print all figures."""
    from bench.matching import quality, speed

    tell(quality.trained_on_target())
    tell(quality.untrained_on_target())
    tell(quality.of_sell_out())
    tell(speed.of_a_million_rows())
