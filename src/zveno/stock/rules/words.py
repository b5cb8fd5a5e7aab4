"""The closed lists of stock: how sure an arrival is, how it may be promised, what a buyer sees of a warehouse."""

from __future__ import annotations

from enum import StrEnum


class Confidence(StrEnum):
    """How sure it is that goods arrive."""

    CONFIRMED = "confirmed"
    PLANNED = "planned"
    PRODUCED = "produced"


class Promising(StrEnum):
    """How a seller lets arrivals of one confidence be promised, from most to least.

    PROMISE: as the shelf is. ASK: an order that needs them is not confirmed before a person says so. SHOW: buyers see
    them, nothing is promised from them. HIDE: not even that.
    """

    PROMISE = "promise"
    ASK = "ask"
    SHOW = "show"
    HIDE = "hide"


class Opens(StrEnum):
    """What a warehouse is to a buyer: it ships to them, they see what lies there, or they do not know of it."""

    SERVED = "served"
    SHOWN = "shown"
    HIDDEN = "hidden"


class Figures(StrEnum):
    """Whether a buyer reads quantities or only bands (few, enough, many)."""

    EXACT = "exact"
    BANDS = "bands"


class MovementKind(StrEnum):
    """Why a supply changed, or what of it is held."""

    COUNT = "count"
    ANNOUNCED = "announced"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    RESERVED = "reserved"
    RELEASED = "released"
    SHIPPED = "shipped"
    CORRECTED = "corrected"
