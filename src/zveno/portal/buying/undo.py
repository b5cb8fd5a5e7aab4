"""Taking a removal back: what was removed is kept in the person's session for a while."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zveno.orders.actions.remove_cart_lines import RemovedLine

_KEY = "cart_undo"
_KEPT = 5


def offer_undo(
    request: HttpRequest, response: HttpResponse, *, text: str, removed: Sequence[RemovedLine], target: str
) -> HttpResponse:
    """`response` with a note `text` whose button puts `removed` back; its answer replaces `target`."""
    token = secrets.token_urlsafe(8)
    kept = list(request.session.get(_KEY, []))[1 - _KEPT :]
    kept.append([token, [_told(line) for line in removed]])
    request.session[_KEY] = kept
    note = {"text": text, "undo": reverse("buying:cart-restore", args=[token]), "target": target}
    response.headers["HX-Trigger"] = json.dumps({"zveno:undo": note})
    return response


def take_back(request: HttpRequest, token: str) -> list[RemovedLine] | None:
    """What was removed under `token`; None when it is not kept any more."""
    kept = dict(request.session.get(_KEY, []))
    if token not in kept:
        return None
    return [
        RemovedLine(product_id, Decimal(quantity), position, date.fromisoformat(day) if day else None)
        for product_id, quantity, position, day in kept[token]
    ]


def _told(line: RemovedLine) -> list[object]:
    return [line.product_id, str(line.quantity), line.position, line.wished_on.isoformat() if line.wished_on else ""]
