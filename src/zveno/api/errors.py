"""What can be wrong with a call itself, as named facts."""

from __future__ import annotations

from zveno.kit.errors import Forbidden, Invalid, NotFound


class KeyRefused(Forbidden):
    """No key, an unknown or revoked one, or one of somebody who is blocked. Answered with 401."""


class KeyLacksRight(Forbidden):
    """The person of the key may not do this. Params: `right`."""


class KeyOfOtherSection(Forbidden):
    """A buyer's key at a seller's address, or the reverse. Params: `section`, what the address needs."""


class NothingHere(NotFound):
    """No such thing, or not the caller's to see."""


class SellerMissing(Invalid):
    """The buyer buys from several sellers, so the call must name one. Params: `sellers`, ids."""


class IdempotencyKeyMissing(Invalid):
    """Placing an order needs the header `Idempotency-Key`, 1 to 80 characters. Params: `most`."""


class ProductNotNamed(Invalid):
    """A line names neither `product_id` nor `code`."""


class ProductCodeUnknown(Invalid):
    """A line's code is not one of the seller's. Params: `code`."""


class ProductCodeAmbiguous(Invalid):
    """A line's code may mean several products. Params: `code`, `product_ids`."""


class WarehouseUnknown(Invalid):
    """An item's warehouse is not one of the seller's. Params: `warehouse`."""


class CarrierNotNamed(Invalid):
    """A carrier is named by its id, or is `cheapest` or `fastest`. Params: `told`."""
