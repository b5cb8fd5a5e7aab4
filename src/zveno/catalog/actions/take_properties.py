"""Take the dictionary of properties a source tells."""

from __future__ import annotations

from collections.abc import Mapping

from zveno.base.tx import in_transaction
from zveno.catalog.models import Property

LONGEST_NAME = 200


@in_transaction
def take_property(
    *, owner_id: int, property_id: int | None, name: str, kind: str, values: Mapping[str, str]
) -> tuple[int, str]:
    """Bring one property of the owner's products in line: its id, and what was done to it.

    Values add up: a source that tells its dictionary in parts loses none. Products keep their texts until told again.
    """
    if property_id is None:
        made = Property.objects.create(owner_id=owner_id, name=name[:LONGEST_NAME], kind=kind, values=dict(values))
        return made.pk, "created"
    known = Property.objects.select_for_update().get(pk=property_id, owner_id=owner_id)
    joined = {**known.values, **values}
    if (known.name, known.kind, known.values) == (name[:LONGEST_NAME] or known.name, kind, joined):
        return known.pk, "unchanged"
    known.name, known.kind, known.values = name[:LONGEST_NAME] or known.name, kind, joined
    known.save()
    return known.pk, "changed"
