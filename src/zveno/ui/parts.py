"""Values of the small parts of a page: steps, events of a timeline, reasons of a price, breadcrumbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from zveno.ui.navigation import Tone, Words


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an order's way: done, current, ahead, or where it stopped."""

    label: Words
    state: Literal["done", "current", "ahead", "bad"] = "ahead"
    note: Words = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A line of an object's history: what, when, who or what did it."""

    moment: datetime
    title: Words
    who: Words = ""
    text: Words = ""
    tone: Tone = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule in the trace of a price: its words, what it did, the value after it. `lost`: another one counted."""

    label: Words
    effect: Words = ""
    value: Decimal | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    label: Words
    url: str
