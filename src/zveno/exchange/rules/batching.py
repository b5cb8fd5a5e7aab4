"""A stream of messages in lists that fit one transaction each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zveno.exchange.rules.messages import (
    BalanceMessage,
    DocumentMessage,
    ExportStarted,
    Message,
    OrderMessage,
    ProductMessage,
    SettlementMessage,
)
from zveno.kit.errors import Fault

_MOST_WEIGHT = 12_000
_WEIGHTS: dict[type, int] = {
    ProductMessage: 6,
    OrderMessage: 240,
    DocumentMessage: 240,
    SettlementMessage: 12,
    BalanceMessage: 60,
}


def batches(messages: Iterable[Message]) -> Iterator[list[Message]]:
    """The messages in lists of about 2,000 products, 12,000 prices, 1,000 settlements or 50 orders.

    Where the stream ends in a fault, what stood before it is given first.
    """
    batch: list[Message] = []
    weight = 0
    fault: Fault | None = None
    for message in _until_fault(messages):
        if isinstance(message, Fault):
            fault = message
            break
        # A block's head says how its products are to be taken: it begins a batch.
        if batch and (weight >= _MOST_WEIGHT or isinstance(message, ExportStarted)):
            yield batch
            batch, weight = [], 0
        batch.append(message)
        weight += _WEIGHTS.get(type(message), 1)
    if batch:
        yield batch
    if fault is not None:
        raise fault


def _until_fault(messages: Iterable[Message]) -> Iterator[Message | Fault]:
    try:
        yield from messages
    except Fault as fault:
        yield fault
