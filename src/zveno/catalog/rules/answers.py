"""Attributes that answer a question: the accounting system says yes or no in its own words."""

from __future__ import annotations

_NO = frozenset({"", "нет", "no", "false", "0", "ложь", "-"})


def is_yes(told: str) -> bool:
    """Whether an attribute that is told so means yes: anything but a no."""
    return told.strip().lower() not in _NO
