"""Delivery addresses of a legal entity: typed as people do, read to a place, doubts asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zveno.base.audit import record
from zveno.base.locks import hold_name
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.errors import AddressNotFound, PlaceDoubtful, PlaceUnknown
from zveno.delivery.models import DeliveryAddress, Place
from zveno.delivery.queries.places import read_address

# One default among an entity's addresses: who changes them is alone with them.
_BOOK = "delivery.addresses"


@dataclass(frozen=True, slots=True)
class AddressWords:
    """An address as it is typed, and what is said beside it."""

    typed: str
    label: str = ""
    contact: str = ""
    phone: str = ""
    hours: str = ""


@in_transaction
def save_address(
    *,
    company_id: int,
    entity_id: int,
    address_id: int | None,
    words: AddressWords,
    place_id: int | None,
    is_default: bool,
    now: datetime,
) -> DeliveryAddress:
    """Make the address (`address_id` is `None`) or change it. `place_id` answers a doubt about the settlement.

    The entity's first address is its default. Raises AddressNotFound, PlaceUnknown, PlaceDoubtful.
    """
    hold_name(_BOOK, entity_id)
    own = DeliveryAddress.objects.visible_to(current()).filter(buyer_entity_id=entity_id, archived_at=None)
    address = _address(own, address_id, company_id, entity_id)
    place, street, postcode = _read(words.typed, place_id)
    address.place, address.street, address.postcode = place, street[:400], postcode
    address.typed, address.label = words.typed.strip()[:500], words.label.strip()[:120]
    address.contact, address.phone = words.contact.strip()[:200], words.phone.strip()[:40]
    address.hours = words.hours.strip()[:200]
    others = own.exclude(pk=address.pk) if address.pk else own
    address.is_default = is_default or address.is_default or not others.exists()
    if address.is_default:
        others.filter(is_default=True).update(is_default=False)
    address.save()
    record(action="address_saved", subject=address, now=now, company_id=company_id, address=shown(address))
    return address


@in_transaction
def archive_address(*, company_id: int, entity_id: int, address_id: int, now: datetime) -> None:
    """Let the address be offered no more; orders sent there keep it. Another becomes the default.

    Raises AddressNotFound.
    """
    hold_name(_BOOK, entity_id)
    own = DeliveryAddress.objects.visible_to(current()).filter(buyer_entity_id=entity_id, archived_at=None)
    address = own.select_related("place").filter(pk=address_id).first()
    if address is None:
        raise AddressNotFound()
    was_default, address.archived_at, address.is_default = address.is_default, now, False
    address.save(update_fields=["archived_at", "is_default"])
    heir = own.exclude(pk=address.pk).order_by("id").first() if was_default else None
    if heir is not None:
        heir.is_default = True
        heir.save(update_fields=["is_default"])
    record(action="address_archived", subject=address, now=now, company_id=company_id, address=shown(address))


def shown(address: DeliveryAddress) -> str:
    """The address in one line; its place is loaded."""
    return ", ".join(filter(None, (address.postcode, address.place.name, address.street)))


def _address(own: object, address_id: int | None, company_id: int, entity_id: int) -> DeliveryAddress:
    if address_id is None:
        return DeliveryAddress(buyer_company_id=company_id, buyer_entity_id=entity_id)
    found: DeliveryAddress | None = own.filter(pk=address_id).first()  # type: ignore[attr-defined]
    if found is None:
        raise AddressNotFound()
    return found


def _read(typed: str, place_id: int | None) -> tuple[Place, str, str]:
    reading = read_address(typed, chosen=place_id)
    if reading.place_id is None:
        if reading.candidates:
            candidates = ",".join(map(str, reading.candidates))
            raise PlaceDoubtful(typed=typed.strip()[:80], candidates=candidates, field="typed")
        raise PlaceUnknown(typed=typed.strip()[:80], field="typed")
    place = Place.objects.filter(pk=reading.place_id, is_active=True).first()
    if place is None:
        raise PlaceUnknown(typed=typed.strip()[:80], field="typed")
    return place, reading.street, reading.postcode
