"""Withdrawing an invitation."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import InvitationUnknown, InvitationUsed
from zveno.partners.models import Invitation


@in_transaction
def revoke_invitation(*, invitation_id: int, now: datetime) -> None:
    """Its link opens nothing any more; repeating it changes nothing. Raises InvitationUnknown and InvitationUsed."""
    row = Invitation.objects.visible_to(current()).select_for_update().filter(pk=invitation_id).first()
    if row is None:
        raise InvitationUnknown
    if row.accepted_at is not None:
        raise InvitationUsed
    if row.revoked_at is not None:
        return
    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    record_own(action="invitation_revoked", subject=row, company_id=row.company_id, now=now, email=row.email)
