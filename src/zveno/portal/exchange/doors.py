"""Finding what an address names within the walls."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from zveno.exchange.queries.connections import find_connection
from zveno.exchange.queries.journal import find_file, find_session
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right

# What the templates shared with the desk call this area's pages.
URLS = {
    "connection": "exchange:connection",
    "journal": "exchange:journal",
    "session": "exchange:session",
    "file": "exchange:file",
    "download": "exchange:download",
    "replay": "exchange:replay",
}


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; the door has let nobody in without one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def may_manage(request: HttpRequest) -> bool:
    """Whether the acting person may change connections."""
    return Right.EXCHANGE_MANAGE in actor_of(request).rights


def connection_or_404(connection_id: int) -> Any:
    """The connection; a stranger's is not there."""
    return _there(find_connection(connection_id))


def session_or_404(session_id: int) -> Any:
    """The session; a stranger's is not there."""
    return _there(find_session(session_id))


def file_or_404(file_id: int) -> Any:
    """The file; a stranger's is not there."""
    return _there(find_file(file_id))


def _there(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
