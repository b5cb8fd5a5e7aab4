"""Inviting a person into a company by mail."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from zveno.accounts.rules.secrets import digest
from zveno.base import events
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import AlreadyMember, EmailWrong, RoleAboveOwn, StrangeEntity
from zveno.partners.events import PersonInvited
from zveno.partners.models import Invitation, LegalEntity, Member
from zveno.partners.rules.roles import Role

VALID_FOR = timedelta(days=7)


@in_transaction
def invite_member(
    *,
    company_id: int,
    email: str,
    role: Role,
    given: Sequence[Role],
    now: datetime,
    name: str = "",
    entity_ids: Sequence[int] = (),
) -> int:
    """An invitation that a job mails: seven days, one use; earlier ones to the address are withdrawn. Its id.

    `given` are the roles the inviter may give. The secret is made when the mail is, so only the mail holds it.
    Raises EmailWrong, RoleAboveOwn, StrangeEntity and AlreadyMember.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise EmailWrong(email=email) from error
    if role not in given:
        raise RoleAboveOwn(role=role.value)
    own = LegalEntity.objects.visible_to(current()).filter(company_id=company_id, pk__in=entity_ids)
    if own.count() != len(set(entity_ids)):
        raise StrangeEntity
    if Member.objects.visible_to(current()).filter(company_id=company_id, user__email=email).exists():
        raise AlreadyMember(email=email)
    earlier = Invitation.objects.visible_to(current()).filter(company_id=company_id, email=email)
    earlier.filter(accepted_at=None, revoked_at=None).update(revoked_at=now)
    inviter_id = current().user_id
    assert inviter_id is not None  # whoever invites has signed in
    invitation = Invitation(
        company_id=company_id,
        email=email,
        name=name.strip()[:200],
        role=role,
        entity_ids=sorted(set(entity_ids)),
        secret_sha256=digest(secrets.token_urlsafe(32)),
        invited_by_id=inviter_id,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    invitation.save(force_insert=True)
    record_own(
        action="member_invited", subject=invitation, company_id=company_id, now=now, email=email, role=role.value
    )
    events.publish(PersonInvited(invitation_id=invitation.pk))
    return invitation.pk
