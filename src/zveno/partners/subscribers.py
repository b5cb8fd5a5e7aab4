"""What partners do on events: defer the mail, in the transaction of the deed."""

from __future__ import annotations

from zveno.partners.events import PersonInvited, RegistrationDecided
from zveno.partners.jobs import mail_decision, mail_invitation


def mail_the_invited(event: PersonInvited) -> None:
    """Mail the link."""
    mail_invitation.defer(invitation_id=event.invitation_id)


def mail_the_applicant(event: RegistrationDecided) -> None:
    """Mail the decision."""
    mail_decision.defer(request_id=event.request_id)
