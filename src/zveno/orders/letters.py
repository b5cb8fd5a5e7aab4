"""Letters of approval: to those whose word is asked for, with two links that decide; to authors, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from zveno.orders.queries.approval.letter import LetterValue, letter_of_ask, letter_of_decision
from zveno.orders.queries.approval.links import signed

# A letter of more lines is read by nobody: the rest stands behind the link.
_LINES_MOST = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be sent."""

    to: str
    subject: str
    text: str
    html: str

    def send(self) -> None:
        """Hand it to the mail server. Raises what that raises; to be called outside every transaction."""
        message = EmailMultiAlternatives(subject=self.subject, body=self.text, to=[self.to])
        message.attach_alternative(self.html, "text/html")
        message.send()


def of_ask(*, ask_id: int, now: datetime) -> Letter | None:
    """The letter that asks for a word, in the reader's language; `None` when it is not wanted any more."""
    value = letter_of_ask(ask_id=ask_id, now=now)
    if value is None or value.link is None:
        return None
    token = signed(value.link)
    told = {
        "approve_url": _address("entrance:decide", token, "approve"),
        "return_url": _address("entrance:decide", token, "return"),
        "page_url": _address("buying:requisition", value.head.id),
    }
    return _written("ask", value, told)


def of_decision(*, requisition_id: int, what: str) -> Letter | None:
    """The letter to the author: `what` is `returned`, `declined`, `expired` or `placed`."""
    value = letter_of_decision(requisition_id=requisition_id)
    if value is None:
        return None
    page_url = _address("buying:requisition", value.head.id)
    if what == "placed" and value.head.order_id is not None:
        page_url = _address("buying:order", value.head.order_id)
    return _written("decision", value, {"what": what, "page_url": page_url})


def _written(template: str, value: LetterValue, told: dict[str, Any]) -> Letter:
    given = {"letter": value, "head": value.head, "lines": value.lines[:_LINES_MOST], **told}
    given["more"] = len(value.lines) - len(given["lines"])
    with translation.override(value.reader.language), timezone.override(ZoneInfo(value.reader.time_zone)):
        return Letter(
            to=value.reader.email,
            subject=" ".join(render_to_string(f"orders/mail/{template}_subject.txt", given).split()),
            text=render_to_string(f"orders/mail/{template}.txt", given),
            html=render_to_string(f"orders/mail/{template}.html", given),
        )


def _address(name: str, *args: object) -> str:
    return settings.BASE_URL + reverse(name, args=args)
