"""Transactions: edges open them, actions require them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")


def in_transaction(action: Callable[P, R]) -> Callable[P, R]:
    """Mark an action that must run inside its caller's transaction. Calling it outside one raises RuntimeError."""

    @functools.wraps(action)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            raise RuntimeError(f"{action.__name__} needs the caller's transaction")
        return action(*args, **kwargs)

    return guarded
