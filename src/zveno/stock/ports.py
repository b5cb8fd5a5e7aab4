"""What stock asks of packages above: which orders may hold goods at all. `config/wiring.py` joins the answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol


class Holding(Protocol):
    """Says which of these orders are in a state in which they hold goods."""

    def __call__(self, *, order_ids: Collection[int]) -> set[int]: ...


_asked: list[Callable[..., set[int]]] = []


def join_holding(holding: Holding) -> None:
    """Let `holding` answer; the last one joined counts."""
    _asked[:] = [holding]


def orders_that_hold(*, order_ids: Collection[int]) -> set[int]:
    """Those of the orders that may hold goods; all of them while nobody was asked to answer."""
    return _asked[0](order_ids=order_ids) if _asked else set(order_ids)
