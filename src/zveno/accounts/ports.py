"""What accounts asks of packages above: whether a person may enter. `config/wiring.py` joins the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Admission(Protocol):
    """Says whether a person whose password was right still has a place here."""

    def __call__(self, *, user_id: int) -> bool: ...


_asked: list[Callable[..., bool]] = []


def join_admission(admission: Admission) -> None:
    """Let `admission` answer; the last one joined counts."""
    _asked[:] = [admission]


def may_enter(*, user_id: int) -> bool:
    """Whether the person may sign in; anyone may while nobody was asked to answer."""
    return all(admission(user_id=user_id) for admission in _asked)
