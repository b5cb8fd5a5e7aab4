"""Delivery addresses of legal entities."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zveno.base.scope import current
from zveno.delivery.models import DeliveryAddress
from zveno.delivery.queries.places import PlaceValue, place_value


@dataclass(frozen=True, slots=True)
class AddressValue:
    """An address: its place, the street, who takes the goods there and when."""

    id: int
    entity_id: int
    label: str
    place: PlaceValue
    street: str
    postcode: str
    contact: str
    phone: str
    hours: str
    typed: str
    is_default: bool

    @property
    def text(self) -> str:
        """The address in one line."""
        return ", ".join(filter(None, (self.postcode, self.place.name, self.street)))

    @property
    def person(self) -> str:
        """Who takes the goods, with the phone."""
        return ", ".join(filter(None, (self.contact, self.phone)))


def addresses_of(*, entity_ids: Collection[int]) -> list[AddressValue]:
    """The addresses that may be chosen for these entities, each entity's default first. One SQL statement."""
    rows = DeliveryAddress.objects.visible_to(current()).filter(buyer_entity_id__in=entity_ids, archived_at=None)
    return [_value(row) for row in rows.select_related("place").order_by("buyer_entity_id", "-is_default", "id")]


def address_with(*, address_id: int) -> AddressValue | None:
    """One address that may still be chosen, if the current scope may see it."""
    rows = DeliveryAddress.objects.visible_to(current()).filter(pk=address_id, archived_at=None)
    row = rows.select_related("place").first()
    return _value(row) if row else None


def _value(row: DeliveryAddress) -> AddressValue:
    return AddressValue(
        id=row.pk,
        entity_id=row.buyer_entity_id,
        label=row.label,
        place=place_value(row.place),
        street=row.street,
        postcode=row.postcode,
        contact=row.contact,
        phone=row.phone,
        hours=row.hours,
        typed=row.typed,
        is_default=row.is_default,
    )
