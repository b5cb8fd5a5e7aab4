"""What a shown invitation says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zveno.accounts.queries.people import person_with_email
from zveno.accounts.rules.secrets import digest
from zveno.base.scope import Scope, Section, current, entered, refine
from zveno.partners.models import Company, Invitation
from zveno.partners.rules.roles import Role


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    """An invitation whose link was opened. `state` is open, used or expired."""

    email: str
    name: str
    role: Role
    company_name: str
    expires_at: datetime
    state: str
    has_account: bool


def shown_invitation(*, secret: str, now: datetime) -> ShownInvitation | None:
    """The invitation that this secret opens; None when there is no such one."""
    with entered(Scope(section=Section.NOBODY, secret_sha256=digest(secret))):
        row = Invitation.objects.visible_to(current()).first()
        if row is None:
            return None
        refine(Scope(section=Section.NOBODY, companies=(row.company_id,)))
        company = Company.objects.visible_to(current()).get(pk=row.company_id)
    used = row.accepted_at is not None or row.revoked_at is not None
    return ShownInvitation(
        email=row.email,
        name=row.name,
        role=Role(row.role),
        company_name=company.name,
        expires_at=row.expires_at,
        state="used" if used else "expired" if row.expires_at <= now else "open",
        has_account=person_with_email(row.email) is not None,
    )
