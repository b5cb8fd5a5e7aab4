"""Kinds of documents and what each does to the buyer's debt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a document of the ledger records."""

    OPENING = "opening"
    SHIPMENT = "shipment"
    RETURN = "return"
    CORRECTION = "correction"
    PAYMENT = "payment"
    ADVANCE = "advance"
    REFUND = "refund"
    OFFSET = "offset"


class Column(StrEnum):
    """Where a document is counted in a turnover."""

    SHIPPED = "shipped"
    RETURNED = "returned"
    PAID = "paid"
    OTHER = "other"


_LOWERS = frozenset({Kind.RETURN, Kind.PAYMENT, Kind.ADVANCE})
COLUMN_OF: dict[Kind, Column] = {
    Kind.SHIPMENT: Column.SHIPPED,
    Kind.RETURN: Column.RETURNED,
    Kind.PAYMENT: Column.PAID,
    Kind.ADVANCE: Column.PAID,
    Kind.REFUND: Column.PAID,
    Kind.OPENING: Column.OTHER,
    Kind.CORRECTION: Column.OTHER,
    Kind.OFFSET: Column.OTHER,
}
# What a buyer has to pay for by a day.
HAS_DUE_DAY = frozenset({Kind.SHIPMENT, Kind.CORRECTION, Kind.OPENING, Kind.REFUND})


def change_of(kind: Kind, amount: Decimal) -> Decimal:
    """What a document of `amount` does to the debt. Opening balances, corrections and offsets carry their own sign;
    an amount below zero in the other kinds is a reversal («сторно»).
    """
    return -amount if kind in _LOWERS else amount


@dataclass(frozen=True, slots=True)
class Settles:
    """That a document settles another, by the accounting system's own word; no amount: as far as it reaches."""

    external_id: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a document says, without whose it is and when it was told."""

    kind: Kind
    number: str
    issued_on: date
    amount: Decimal
    due_on: date | None = None
    order_id: int | None = None
    settles: tuple[Settles, ...] = ()
    note: str = ""
    is_void: bool = False


def digest_of(contract: str, currency: str, entity_id: int, content: Content) -> str:
    """A key of everything that a message says: equal messages have equal keys, and of two told for the same moment
    the greater key counts, whichever came first.
    """
    settles = sorted(f"{one.external_id}={one.amount}" for one in content.settles)
    parts: Iterable[object] = (
        entity_id, contract, currency, content.kind, content.number, content.issued_on, _plain(content.amount),
        content.due_on, content.order_id, content.note, content.is_void, *settles,
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]


def _plain(amount: Decimal) -> str:
    return format(amount.quantize(Decimal("0.0001")), "f")
