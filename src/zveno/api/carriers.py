"""The door for carriers' own systems: what they send by themselves is kept first, then applied by a job."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zveno.base.clock import now
from zveno.base.scope import entered
from zveno.delivery.actions.take_message import LARGEST, take_message
from zveno.delivery.errors import CarrierNotFound
from zveno.delivery.queries.secrets import shown_secret


@csrf_exempt
@require_POST
def receive(request: HttpRequest, secret: str) -> HttpResponse:
    """Keep a carrier's message. The secret in the address is all that tells who sends it; a wrong one is a 404."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    # PostgreSQL keeps no NUL in a text.
    body = request.body[: LARGEST + 1].decode("utf-8", errors="replace").replace("\0", "")
    try:
        with transaction.atomic(), entered(shown_secret(secret), to_the_end=True):
            take_message(body=body, now=now())
    except CarrierNotFound as unknown:
        raise Http404 from unknown
    return HttpResponse(status=204)
