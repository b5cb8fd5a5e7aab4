"""What the ledger asks of packages above it; joined in `config/wiring.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Protocol


class OpenOrders(Protocol):
    """What orders not shipped yet will cost. Keyword-only; as far as the current scope sees them."""

    def __call__(
        self, *, seller_id: int, entity_ids: Collection[int], currency: str, but_not: int | None
    ) -> Mapping[int, Decimal]:
        """Entity → the sum of what is ordered and not shipped, in `currency`; the order `but_not` left out."""
        ...


_open_orders: list[OpenOrders] = []


def join_open_orders(source: OpenOrders) -> None:
    """Let `source` tell what open orders reserve; the one joined last counts."""
    _open_orders[:] = [source]


def reserved_by_orders(
    *, seller_id: int, entity_ids: Collection[int], currency: str, but_not: int | None = None
) -> Mapping[int, Decimal]:
    """Entity → what its open orders will cost; nothing where nobody was joined."""
    ask: Callable[..., Mapping[int, Decimal]] | None = _open_orders[0] if _open_orders else None
    return (
        ask(seller_id=seller_id, entity_ids=entity_ids, currency=currency, but_not=but_not)
        if ask and entity_ids
        else {}
    )
