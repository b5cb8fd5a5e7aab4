"""An invited person joins the company."""

from __future__ import annotations

from datetime import datetime

from zveno.accounts.actions.create_person import create_person
from zveno.accounts.errors import AddressTaken
from zveno.accounts.models import User
from zveno.accounts.rules.secrets import digest
from zveno.base.scope import Scope, Section, current, entered
from zveno.base.tx import in_transaction
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import (
    AccountExists,
    InvitationExpired,
    InvitationForAnother,
    InvitationUnknown,
    InvitationUsed,
)
from zveno.partners.models import Invitation, Member, MemberEntity


@in_transaction
def accept_invitation(
    *, secret: str, now: datetime, person: User | None = None, name: str = "", password: str = "", language: str = "ru"
) -> User:
    """`person`, who has signed in and is the one invited, joins; without `person` a new account is made first.

    One who was a member before gets the invitation's role and entities. Raises InvitationUnknown, InvitationUsed,
    InvitationExpired, InvitationForAnother, AccountExists (sign in and join), PasswordWeak.
    """
    with entered(Scope(section=Section.NOBODY, secret_sha256=digest(secret))):
        invitation = Invitation.objects.visible_to(current()).select_for_update().first()
        _check(invitation, now)
        assert invitation is not None
        if person is not None and person.email != invitation.email:
            raise InvitationForAnother(email=invitation.email)
        invitation.accepted_at = now
        invitation.save(update_fields=["accepted_at"])
    if person is None:
        try:
            person = create_person(email=invitation.email, name=name, password=password, language=language)
        except AddressTaken as error:
            raise AccountExists(email=invitation.email) from error
    # From here on the person belongs to the company, and acts as one of its people.
    company_id = invitation.company_id
    with entered(_newcomer(person, company_id)):
        member = _join(invitation, person)
        record_own(action="invitation_accepted", subject=member, company_id=company_id, now=now, role=invitation.role)
    return person


def _newcomer(person: User, company_id: int) -> Scope:
    return Scope(
        section=Section.BUYING,
        user_id=person.pk,
        companies=(company_id,),
        known_companies=(company_id,),
        actor_name=person.shown_name,
    )


def _check(invitation: Invitation | None, now: datetime) -> None:
    if invitation is None:
        raise InvitationUnknown
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        raise InvitationUsed
    if invitation.expires_at <= now:
        raise InvitationExpired


def _join(invitation: Invitation, person: User) -> Member:
    member, _ = Member.objects.visible_to(current()).update_or_create(
        company_id=invitation.company_id,
        user=person,
        defaults={"role": invitation.role, "blocked_at": None, "appointed_by_id": invitation.invited_by_id},
    )
    MemberEntity.objects.visible_to(current()).filter(member=member).delete()
    MemberEntity.objects.bulk_create(
        MemberEntity(member=member, entity_id=entity_id, company_id=invitation.company_id, user=person)
        for entity_id in invitation.entity_ids
    )
    return member
