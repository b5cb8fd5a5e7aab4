"""What can be wrong with delivery, as named facts."""

from __future__ import annotations

from zveno.kit.errors import Conflict, Invalid, NotFound


class PlaceNotFound(NotFound):
    """There is no such place in the list."""


class PlaceUnknown(Invalid):
    """The typed address names no known settlement. Params: `typed`, `field`."""


class PlaceDoubtful(Invalid):
    """The typed address may mean several settlements. Params: `typed`, `candidates` (ids), `field`."""


class PlaceInUse(Conflict):
    """The place cannot be taken out while something stands there. Params: `name`."""


class CarrierNotFound(NotFound):
    """There is no such carrier of this seller."""


class CarrierNameTaken(Conflict):
    """The seller has another carrier of this name. Params: `name`, `field`."""


class CarrierKindUnknown(Invalid):
    """There is no such kind of carrier. Params: `kind`."""


class CarrierHasNoSystem(Conflict):
    """Parcels of this carrier cannot be booked here: it has no system of its own. Params: `carrier`."""


class AccountIncomplete(Invalid):
    """Something is missing to sign in with the carrier. Params: `lacks`, `field`."""


class PeriodTurned(Invalid):
    """The new terms begin before the ones that they follow. Params: `on`, `field`."""


class ZoneNotFound(NotFound):
    """There is no such zone of this seller."""


class ZoneNameTaken(Conflict):
    """There is another zone of this name. Params: `name`, `field`."""


class ZoneInUse(Conflict):
    """Tariffs go by this zone. Params: `name`."""


class ZoneEntriesUnknown(Invalid):
    """Some lines name no known place or region. Params: `lines`, `field`."""


class ZoneEntriesDoubtful(Invalid):
    """Some lines may mean several places: their regions tell them apart. Params: `lines`, `field`."""


class WarehouseUnknown(NotFound):
    """There is no such warehouse of this seller."""


class AddressNotFound(NotFound):
    """There is no such address of this entity."""


class PickUnknown(Invalid):
    """There is no such carrier to choose. Params: `pick`."""


class TariffHeadsMissing(Invalid):
    """The table has no heading with the columns that are needed. Params: `needed`."""


class NothingToTake(Invalid):
    """The table has no good row."""


class SegmentNotFound(NotFound):
    """There is no such part of the order."""


class SegmentHasNoCarrier(Conflict):
    """Nobody is chosen to carry this part yet. Params: `warehouse`."""


class SegmentLacksWeight(Conflict):
    """A carrier takes no parcel without a weight. Params: `warehouse`."""


class ParcelNotFound(NotFound):
    """There is no such parcel, or it is not the asker's to see."""


class ParcelBookedAlready(Conflict):
    """The part of the order has a parcel already. Params: `number`."""


class ParcelTooFarOn(Conflict):
    """The parcel has gone too far for this. Params: `number`, `state`."""


class TrackingNumberMissing(Invalid):
    """A number is needed to follow a parcel. Params: `field`."""


class ChargeTooFarOn(Conflict):
    """Delivery is charged until the order is shipped. Params: `number`."""
