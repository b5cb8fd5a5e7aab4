"""Mailing an invitation once more."""

from __future__ import annotations

from datetime import datetime

from zveno.base import events
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.invite_member import VALID_FOR
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import InvitationUnknown, InvitationUsed
from zveno.partners.events import PersonInvited
from zveno.partners.models import Invitation


@in_transaction
def resend_invitation(*, invitation_id: int, now: datetime) -> None:
    """A new mail with a new link, good for seven days from now. Raises InvitationUnknown and InvitationUsed."""
    row = Invitation.objects.visible_to(current()).select_for_update().filter(pk=invitation_id).first()
    if row is None:
        raise InvitationUnknown
    if row.accepted_at is not None or row.revoked_at is not None:
        raise InvitationUsed
    row.expires_at = now + VALID_FOR
    row.save(update_fields=["expires_at"])
    record_own(action="member_invited", subject=row, company_id=row.company_id, now=now, email=row.email, role=row.role)
    events.publish(PersonInvited(invitation_id=row.pk))
