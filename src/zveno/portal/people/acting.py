"""A seller's manager acts for a client: begins from the list of clients, ends by a click."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zveno.base import clock
from zveno.partners.actions.act_for_client import act_for_client
from zveno.partners.queries.actors import ACTING_KEY, Actor


@require_POST
def act_for(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Begin: from now on the buying section is the client's, with what this seller and the client deal in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    act_for_client(actor=actor, entity_id=entity_id, now=clock.now())
    request.session[ACTING_KEY] = entity_id
    return redirect("/buy/")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """End: one is oneself again."""
    request.session.pop(ACTING_KEY, None)
    return redirect("/sell/")
