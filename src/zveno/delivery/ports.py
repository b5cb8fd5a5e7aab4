"""What delivery needs of a carrier's own system: a plugin registers one object per kind of carrier.

Every call may wait for a network: it is made by jobs, outside of any transaction. A fault says whether trying again may
help: `CarrierSilent` may, `CarrierRefused` will not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

from django.utils.functional import Promise

from zveno.delivery.rules.tracking import Said
from zveno.kit.errors import Invalid, Unavailable

Words = str | Promise


class CarrierSilent(Unavailable):
    """The carrier's system did not answer, or says that it is busy: later it may. Params: `words`."""


class CarrierRefused(Invalid):
    """The carrier's system will not do this as it was asked. Params: `words`, in the carrier's own language."""


@dataclass(frozen=True, slots=True)
class CarrierOption:
    """One setting of a carrier's account. `kind` is text, secret, choice or whole."""

    name: str
    label: Words
    kind: Literal["text", "secret", "choice", "whole"]
    default: str = ""
    help: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A settlement as a carrier is told it. `code` is the carrier's own, empty when it is not known yet."""

    name: str
    region: str
    country: str
    latitude: Decimal
    longitude: Decimal
    code: str = ""
    postcode: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who sends or receives."""

    company: str
    name: str
    phone: str
    inn: str = ""


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """What a load would cost between two places. Weight in grams, volume in cubic centimetres."""

    start: Spot
    end: Spot
    weight_g: int
    volume_cm3: int
    value: Decimal = Decimal(0)
    currency: str = "RUB"


@dataclass(frozen=True, slots=True)
class CarrierQuote:
    """One service of the carrier: what it takes, and how many days it is under way."""

    service: str
    name: str
    amount: Decimal
    days_min: int
    days_max: int
    currency: str = "RUB"


@dataclass(frozen=True, slots=True)
class BookedGoods:
    """A product in a parcel."""

    code: str
    name: str
    quantity: Decimal
    price: Decimal
    weight_g: int


@dataclass(frozen=True, slots=True)
class BookRequest:
    """A parcel to be carried. `key` is ours: booked twice under one key, it is one parcel."""

    key: str
    start: Spot
    end: Spot
    sender: Person
    receiver: Person
    weight_g: int
    volume_cm3: int
    value: Decimal
    service: str = ""
    comment: str = ""
    goods: Sequence[BookedGoods] = ()


@dataclass(frozen=True, slots=True)
class Booking:
    """What the carrier keeps the parcel under. Its `number` may come later, by `track`."""

    reference: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A paper to be glued on."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Tracking:
    """Everything said of a parcel so far; the day on which it is expected, if the carrier tells."""

    said: tuple[Said, ...]
    number: str = ""
    expected_on: date | None = None
    # What the carrier found wrong with a booking, in its words: it will not be carried.
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a message of the carrier's system tells of one parcel: by our key, its reference or its number."""

    key: str
    reference: str
    number: str
    said: tuple[Said, ...]


class Carrier(Protocol):
    """A carrier's own system, signed in for one seller. Every method raises CarrierSilent, CarrierRefused."""

    def quote(self, request: QuoteRequest) -> Sequence[CarrierQuote]:
        """Its services for such a load, none when it does not go there."""
        ...

    def book(self, request: BookRequest) -> Booking:
        """Let a parcel be carried. The same key again gives the same booking."""
        ...

    def cancel(self, reference: str) -> None:
        """Call a parcel off that it has not taken yet. Called off again, nothing happens."""
        ...

    def label(self, reference: str) -> Label:
        """The paper for the parcel. Raises CarrierSilent while it is being made."""
        ...

    def track(self, reference: str) -> Tracking:
        """Where the parcel is."""
        ...


class CarrierPlugin(Protocol):
    """A kind of carrier: how it is set up, signed in to, and understood when it speaks by itself."""

    kind: str
    title: Words

    @property
    def options(self) -> tuple[CarrierOption, ...]: ...

    def sign_in(self, options: Mapping[str, Any]) -> Carrier:
        """The carrier's system for an account; no call is made yet."""
        ...

    def place_code(self, options: Mapping[str, Any], spot: Spot) -> str:
        """The carrier's own code of a place, empty when it knows none there."""
        ...

    def read_message(self, body: str) -> Sequence[Notice]:
        """What a message of the carrier's system says. Raises CarrierRefused for what is no such message."""
        ...


_plugins: dict[str, CarrierPlugin] = {}


def register_carrier(plugin: CarrierPlugin) -> None:
    """Make a kind of carrier known. A plugin calls it when Django is ready."""
    _plugins[plugin.kind] = plugin


def carrier_plugin(kind: str) -> CarrierPlugin | None:
    """The plugin of `kind`; `None` for tariffs, own vehicles and pick-up, and where the plugin is gone."""
    return _plugins.get(kind)


def carrier_plugins() -> tuple[CarrierPlugin, ...]:
    """All known kinds, in the order of their registration."""
    return tuple(_plugins.values())
