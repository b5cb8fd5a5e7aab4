"""Finding accounts, or opening them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zveno.base.scope import current
from zveno.finance.models import Account


@dataclass(frozen=True, slots=True)
class AccountKey:
    """Whose account, by which contract, in which currency (ISO 4217)."""

    buyer_company_id: int
    buyer_entity_id: int
    contract: str = ""
    currency: str = "RUB"


def accounts_of(*, seller_id: int, keys: Collection[AccountKey]) -> dict[AccountKey, int]:
    """The ids of these accounts of the seller; those that are not there yet are opened. Needs the ledger's lock."""
    wanted = set(keys)
    found = _found(seller_id, wanted)
    missing = [
        Account(
            seller_id=seller_id,
            buyer_company_id=key.buyer_company_id,
            buyer_entity_id=key.buyer_entity_id,
            contract=key.contract,
            currency=key.currency,
        )
        for key in sorted(wanted - found.keys(), key=lambda key: (key.buyer_entity_id, key.contract, key.currency))
    ]
    if missing:
        Account.objects.bulk_create(missing)
        found = _found(seller_id, wanted)
    return found


def _found(seller_id: int, keys: set[AccountKey]) -> dict[AccountKey, int]:
    rows = Account.objects.visible_to(current()).filter(
        seller_id=seller_id, buyer_entity_id__in={key.buyer_entity_id for key in keys}
    )
    by_place = {(row.buyer_entity_id, row.contract, row.currency): row.pk for row in rows}
    places = {key: (key.buyer_entity_id, key.contract, key.currency) for key in keys}
    return {key: by_place[place] for key, place in places.items() if place in by_place}
