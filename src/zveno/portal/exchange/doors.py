"""Finding what an address names within the walls, and sending files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse

from zveno.base import files
from zveno.exchange.queries.connections import find_connection
from zveno.exchange.queries.journal import find_file, find_session
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right

_PIECE = 1 << 18
# What the templates shared with the desk call this area's pages.
URLS = {
    "connection": "exchange:connection",
    "journal": "exchange:journal",
    "session": "exchange:session",
    "file": "exchange:refusals",
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


def sent_file(stored: Any) -> StreamingHttpResponse:
    """A stored file as it came, always as a download: what somebody sent is never shown as a page of ours."""
    answer = StreamingHttpResponse(_pieces(stored), content_type="application/octet-stream")
    plain = FileResponse(iter(()), as_attachment=True, filename=stored.name.rsplit("/", 1)[-1])
    answer.headers["Content-Disposition"] = plain.headers["Content-Disposition"]
    answer.headers["Content-Length"] = str(stored.size)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _there(found: Any) -> Any:
    if found is None:
        raise Http404
    return found


def _pieces(stored: Any) -> Iterator[bytes]:
    with files.opened(stored) as source:
        while piece := source.read(_PIECE):
            yield piece
