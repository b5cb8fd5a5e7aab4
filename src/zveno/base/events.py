"""Named events between packages: who publishes does not know who listens; `config/wiring.py` joins them.

Listeners run at once, in the publisher's transaction: what they write stands or falls with what they heard of. Work
that may fail or take long belongs into a job that the listener defers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")

_listeners: defaultdict[type, list[Callable[[Any], object]]] = defaultdict(list)


def subscribe(event_type: type[E], listener: Callable[[E], object]) -> None:
    """Let `listener` hear every later event of exactly `event_type`. Subscribing it again changes nothing."""
    if listener not in _listeners[event_type]:
        _listeners[event_type].append(listener)


def unsubscribe(event_type: type[E], listener: Callable[[E], object]) -> None:
    """Undo `subscribe`."""
    if listener in _listeners[event_type]:
        _listeners[event_type].remove(listener)


def publish(event: object) -> None:
    """Tell `event` to its listeners in the order of their subscription. What a listener raises, the publisher gets."""
    for listener in tuple(_listeners[type(event)]):
        listener(event)
