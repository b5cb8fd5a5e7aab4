"""Taking a key back."""

from __future__ import annotations

from datetime import datetime

from zveno.accounts.errors import KeyUnknown
from zveno.accounts.events import KeyRevoked
from zveno.accounts.models import ApiKey
from zveno.base import audit, events
from zveno.base.scope import current
from zveno.base.tx import in_transaction


@in_transaction
def revoke_api_key(*, key_id: int, now: datetime) -> None:
    """The key opens nothing from the next call on; revoking it again changes nothing. Raises KeyUnknown."""
    key = ApiKey.objects.visible_to(current()).select_for_update().filter(pk=key_id).first()
    if key is None:
        raise KeyUnknown
    if key.revoked_at is not None:
        return
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    audit.record(
        action="api_key_revoked",
        subject=key,
        now=now,
        company_id=key.company_id,
        seller_id=key.company_id,
        name=key.name,
    )
    events.publish(KeyRevoked(key_id=key.pk, company_id=key.company_id))
