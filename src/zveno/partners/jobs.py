"""Mail of partners: outside every transaction, tried again when the mail server does not answer."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app

from zveno.accounts.queries.people import person_with_email
from zveno.base import clock
from zveno.base.jobs import RETRY
from zveno.base.scope import entered, system_scope
from zveno.partners.actions.renew_invitation_secret import renew_invitation_secret
from zveno.partners.queries.registrations import registration_with


@app.task(name="zveno.partners.mail_invitation", queue="mail", retry=RETRY)
def mail_invitation(invitation_id: int) -> None:
    """Mail the link to the invited, with a secret made now; a repeat makes the earlier mail's link void."""
    with transaction.atomic(), entered(system_scope()):
        renewed = renew_invitation_secret(invitation_id=invitation_id, now=clock.now())
    if renewed is None:
        return
    invitation, secret = renewed
    known = person_with_email(invitation.email)
    told = {
        "invitation": invitation,
        "company": invitation.company.name,
        "inviter": invitation.invited_by.shown_name,
        "link": settings.BASE_URL + reverse("entrance:invitation", args=[secret]),
    }
    _mail("invitation", invitation.email, known.language if known else invitation.invited_by.language, told)


@app.task(name="zveno.partners.mail_decision", queue="mail", retry=RETRY)
def mail_decision(request_id: int) -> None:
    """Tell the applicant that the request was accepted or refused, and why."""
    with transaction.atomic(), entered(system_scope()):
        request = registration_with(request_id)
    if request is None or request.decided_at is None:
        return
    known = person_with_email(request.email)
    told = {"request": request, "link": settings.BASE_URL + "/"}
    _mail("decision", request.email, known.language if known else settings.LANGUAGE_CODE, told)


def _mail(template: str, to: str, language: str, told: dict[str, object]) -> None:
    with translation.override(language):
        subject = render_to_string(f"partners/mail/{template}_subject.txt", told).strip()
        text = render_to_string(f"partners/mail/{template}.txt", told)
    send_mail(subject=subject, message=text, from_email=None, recipient_list=[to])
