"""Products as they travel: weight, volume, whether they break."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zveno.catalog.models import Product
from zveno.catalog.rules.answers import is_yes


@dataclass(frozen=True, slots=True)
class TravellingProduct:
    """A unit of a product: grams and cubic centimetres, `None` where nobody told."""

    id: int
    code: str
    name: str
    weight_g: int | None
    volume_cm3: int | None
    is_fragile: bool


def travelling_goods(*, product_ids: Collection[int], fragile_attribute: str) -> dict[int, TravellingProduct]:
    """The products with these ids; one that holds `fragile_attribute` with anything but a no is fragile. One statement.

    Zero counts as not told: nothing weighs nothing.
    """
    if not product_ids:
        return {}
    fields = ["code", "name", "weight_g", "volume_cm3", *(["attributes"] if fragile_attribute else [])]
    return {
        row.pk: TravellingProduct(
            id=row.pk,
            code=row.code,
            name=row.name,
            weight_g=row.weight_g or None,
            volume_cm3=row.volume_cm3 or None,
            is_fragile=bool(fragile_attribute) and is_yes(str(row.attributes.get(fragile_attribute, ""))),
        )
        for row in Product.objects.filter(pk__in=product_ids).only(*fields)
    }
