"""What can be wrong with the settings of stock, as named facts."""

from __future__ import annotations

from zveno.kit.errors import Invalid, NotFound


class WarehouseNotFound(NotFound):
    """No such warehouse of the seller."""


class BuyerNotKnown(NotFound):
    """No such buyer of the seller."""


class RegionNotKnown(NotFound):
    """No such region."""


class BandsOutOfOrder(Invalid):
    """“Many” begins below “few”, or one of them is not above zero. Params: `few_below`, `many_from`."""


class NumberOutOfRange(Invalid):
    """A setting beyond what is sensible. Params: `least`, `most`."""
