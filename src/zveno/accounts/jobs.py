"""Sending mail: outside every transaction, tried again when the mail server does not answer."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from procrastinate.contrib.django import app

from zveno.base.jobs import RETRY


@app.task(name="accounts.deliver_mail", queue="mail", retry=RETRY)
def deliver_mail(subject: str, text: str, to: list[str], html: str = "") -> None:
    """Hand one message to the mail server."""
    message = EmailMultiAlternatives(subject=subject, body=text, to=to)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
