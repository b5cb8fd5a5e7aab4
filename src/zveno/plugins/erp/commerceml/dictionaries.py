"""What an exchange has said so far that later files refer to by id: properties, units, product kinds, price kinds."""

from __future__ import annotations

from dataclasses import dataclass, field

from zveno.exchange.rules.messages import (
    Message,
    PriceKindMessage,
    ProductKindMessage,
    PropertyKind,
    PropertyMessage,
    UnitMessage,
)


@dataclass(slots=True)
class KnownProperty:
    """A property by its id: its name, the kind of its values, and the texts of a dictionary by value id."""

    name: str
    kind: PropertyKind
    values: dict[str, str]


@dataclass(slots=True)
class Dictionaries:
    """The memory of an exchange. A caller keeps one per session and gives it to the reading of each file in turn.

    It may be filled beforehand from what earlier sessions told: `learn` takes the canonical messages themselves.
    Holds nothing per product, so it stays small.
    """

    properties: dict[str, KnownProperty] = field(default_factory=dict)
    units: dict[str, UnitMessage] = field(default_factory=dict)
    product_kinds: dict[str, str] = field(default_factory=dict)
    price_kinds: dict[str, PriceKindMessage] = field(default_factory=dict)

    def learn(self, message: Message) -> None:
        """Remember `message` if it is of a dictionary; others pass by. A later telling replaces an earlier one."""
        if isinstance(message, PropertyMessage):
            self.properties[message.external_id] = KnownProperty(message.name, message.kind, dict(message.values))
        elif isinstance(message, UnitMessage):
            self.units[message.external_id] = message
        elif isinstance(message, ProductKindMessage):
            self.product_kinds[message.external_id] = message.name
        elif isinstance(message, PriceKindMessage):
            self.price_kinds[message.external_id] = message
