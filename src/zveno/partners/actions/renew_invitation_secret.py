"""Making the secret of an invitation at the moment it is mailed, so that nothing but the mail holds it."""

from __future__ import annotations

import secrets
from datetime import datetime

from zveno.accounts.rules.secrets import digest
from zveno.base.tx import in_transaction
from zveno.partners.models import Invitation


@in_transaction
def renew_invitation_secret(*, invitation_id: int, now: datetime) -> tuple[Invitation, str] | None:
    """The invitation and its new secret; earlier ones open nothing. None when there is nothing to accept."""
    rows = Invitation.objects.unscoped("the worker mails it").select_related("company", "invited_by")
    row = rows.select_for_update(of=("self",)).filter(pk=invitation_id, accepted_at=None, revoked_at=None).first()
    if row is None or row.expires_at <= now:
        return None
    secret = secrets.token_urlsafe(32)
    row.secret_sha256 = digest(secret)
    row.save(update_fields=["secret_sha256"])
    return row, secret
