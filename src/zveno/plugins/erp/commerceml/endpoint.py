"""The address that a stock 1С calls («Обмен с сайтом»): one URL per connection, `type` and `mode` in the query."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import structlog
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from zveno.accounts.rules.secrets import digest
from zveno.base import clock
from zveno.base.scope import entered, refine
from zveno.exchange.actions.confirm_orders import confirm_orders
from zveno.exchange.actions.deferring import defer_gathering
from zveno.exchange.actions.fetch_orders import fetch_orders
from zveno.exchange.actions.open_session import open_session
from zveno.exchange.actions.receive_piece import receive_piece
from zveno.exchange.actions.touch_session import end_session, touch_session
from zveno.exchange.actions.withdraw_unseen import withdraw_unseen
from zveno.exchange.errors import FileNotReceived, ModeUnknown, PieceCutShort, PieceTooLarge, SessionUnknown
from zveno.exchange.queries.sessions import Peer, Session, file_state, has_uploads, peer_at, unfinished
from zveno.exchange.words import sentence_of
from zveno.kit.errors import Fault
from zveno.partners.queries.counterparties import client_company_ids
from zveno.plugins.erp.commerceml import answers
from zveno.plugins.erp.commerceml.codec import write_orders
from zveno.plugins.erp.commerceml.door import COOKIE, check_credentials, session_in
from zveno.plugins.erp.commerceml.options import file_limit_bytes

_KINDS = ("catalog", "sale", "reference")
_PIECE = 1 << 18
# A piece may be this many times the agreed size before it is refused: some clients pack after cutting.
_TOLERANCE = 4
_WAIT_SECONDS = 2.0
_LOOK_EVERY = 0.1
_log = structlog.get_logger(__name__)

_Answer = Callable[["_Call"], HttpResponse]


class _Call:
    """One call of a session, with what it needs to be answered."""

    def __init__(self, request: HttpRequest, session: Session, kind: str) -> None:
        self.request = request
        self.session = session
        self.kind = kind
        self.options = session.peer.options
        self.encoding = str(self.options["encoding"])
        self.name = request.GET.get("filename", "")


@csrf_exempt
def exchange(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer one call, always with 200: `success`, `progress` or `failure` and words, as the protocol has it."""
    kind, mode = request.GET.get("type", ""), request.GET.get("mode", "")
    encoding = "utf-8"
    try:
        with transaction.atomic():
            peer = peer_at(slug=slug, kind="commerceml")
        encoding = str(peer.options["encoding"]) if peer else encoding
        if mode == "checkauth" and kind in _KINDS:
            return _check_in(request, peer, slug, kind)
        if peer is None:
            raise SessionUnknown()
        with transaction.atomic(), entered(peer.scope()):
            session = session_in(request, peer, now=clock.now())
            touch_session(exchange=session.exchange, now=clock.now())
        answer = _MODES.get((kind, mode))
        if answer is None:
            raise ModeUnknown(kind=kind[:20], mode=mode[:20])
        with translation.override("ru"):
            return answer(_Call(request, session, kind))
    except Fault as fault:
        _log.info("exchange_refused", slug=slug, kind=kind, mode=mode, code=fault.code)
        return answers.failure(fault, encoding=encoding)
    except Exception:  # 1С shows the line to its user; a page of HTML would say nothing there
        _log.exception("exchange_failed", slug=slug, kind=kind, mode=mode)
        with translation.override("ru"):
            return answers.failure_text(_("A fault on our side. Nothing is lost; try again later."), encoding=encoding)


def _check_in(request: HttpRequest, peer: Peer | None, slug: str, kind: str) -> HttpResponse:
    known = check_credentials(request, peer, slug=slug)
    now = clock.now()
    with transaction.atomic(), entered(known.scope()):
        token = open_session(connection=known.connection, kind=kind, now=now)
    told = (COOKIE, token, f"sessid={digest(token)[:32]}", f"timestamp={int(now.timestamp())}")
    return answers.success(*told, encoding=str(known.options["encoding"]))


def _init(call: _Call) -> HttpResponse:
    limit = file_limit_bytes(call.options["file_limit"])
    return answers.lines(f"zip={call.options['zip']}", f"file_limit={limit}", encoding=call.encoding)


def _file(call: _Call) -> HttpResponse:
    """Keep a piece. Of an orders session a whole file is taken in at once: many 1С never ask for its import."""
    limit = file_limit_bytes(call.options["file_limit"])
    with transaction.atomic(), entered(call.session.peer.scope()):
        upload = receive_piece(
            exchange=call.session.exchange,
            name=call.name,
            pieces=_body(call.request, most=limit * _TOLERANCE),
            most_bytes=limit,
            now=clock.now(),
        )
        if call.kind == "sale" and upload.is_last:
            _gather(call, only_ended=True)
    return answers.success(encoding=call.encoding)


def _body(request: HttpRequest, *, most: int) -> Iterator[bytes]:
    """The body as it comes, never whole in memory. Raises PieceTooLarge, PieceCutShort."""
    told = request.headers.get("Content-Length", "")
    announced = int(told) if told.isdigit() else None
    if announced is not None and announced > most:
        raise PieceTooLarge(megabytes=most >> 20)
    came = 0
    while chunk := request.read(_PIECE):
        came += len(chunk)
        if came > most:
            raise PieceTooLarge(megabytes=most >> 20)
        yield chunk
    if announced is not None and came < announced:
        raise PieceCutShort(announced=announced, came=came)


def _import(call: _Call) -> HttpResponse:
    """Say how far the file is; the first question puts the session's files together and lets them be applied."""
    deadline = time.monotonic() + _WAIT_SECONDS
    asked = False
    while True:
        with transaction.atomic(), entered(call.session.peer.scope()):
            gathering = has_uploads(call.session.exchange)
            state = file_state(call.session.exchange, name=call.name)
            if gathering and not asked:
                _gather(call)
                asked = True
        if not gathering:
            if state is None:
                raise FileNotReceived(name=call.name[:80])
            if state.state in ("applied", "received"):
                return answers.success(_("Applied: %(done)s.") % {"done": state.done}, encoding=call.encoding)
            if state.state == "refused":
                return answers.failure_text(sentence_of(state.error or {"code": "?"}), encoding=call.encoding)
        if time.monotonic() >= deadline:
            done = state.done if state else 0
            return answers.progress(_("Applied so far: %(done)s.") % {"done": done}, encoding=call.encoding)
        time.sleep(_LOOK_EVERY)


def _gather(call: _Call, *, only_ended: bool = False) -> None:
    defer_gathering(
        exchange_id=call.session.exchange.pk, connection_id=call.session.exchange.connection_id, only_ended=only_ended
    )


def _deactivate(call: _Call) -> HttpResponse:
    with transaction.atomic(), entered(call.session.peer.scope()):
        if has_uploads(call.session.exchange):
            _gather(call)
            return answers.progress(_("The files are being put together."), encoding=call.encoding)
        if waiting := unfinished(call.session.exchange):
            return answers.progress(_("Files to be applied: %(files)s.") % {"files": waiting}, encoding=call.encoding)
        hidden = withdraw_unseen(exchange=call.session.exchange, now=clock.now())
    return answers.success(_("Taken off the list: %(products)s.") % {"products": hidden}, encoding=call.encoding)


def _complete(call: _Call) -> HttpResponse:
    with transaction.atomic(), entered(call.session.peer.scope()):
        if has_uploads(call.session.exchange):
            _gather(call)
        end_session(exchange=call.session.exchange, now=clock.now())
    return answers.success(encoding=call.encoding)


def _query(call: _Call) -> HttpResponse:
    """The orders that wait, whole at once: what is cut short is fetched again, since it was not confirmed."""
    with transaction.atomic(), entered(call.session.peer.scope()):
        clients = client_company_ids(seller_id=call.session.exchange.seller_id)
        refine(call.session.peer.scope(clients=clients))
        zone = call.session.peer.time_zone
        orders = fetch_orders(exchange=call.session.exchange, time_zone=zone, now=clock.now())
    body = list(
        write_orders(orders, formed_at=clock.now(), encoding=call.options["encoding"], version=call.options["version"])
    )
    return answers.xml(body, encoding=call.encoding)


def _confirm(call: _Call) -> HttpResponse:
    with transaction.atomic(), entered(call.session.peer.scope()):
        count = confirm_orders(exchange=call.session.exchange, now=clock.now())
        if has_uploads(call.session.exchange):
            _gather(call)
    return answers.success(_("Orders confirmed: %(orders)s.") % {"orders": count}, encoding=call.encoding)


_MODES: dict[tuple[str, str], _Answer] = {
    **{(kind, "init"): _init for kind in _KINDS},
    **{(kind, "file"): _file for kind in _KINDS},
    **{(kind, "import"): _import for kind in _KINDS},
    **{(kind, "complete"): _complete for kind in _KINDS},
    ("catalog", "deactivate"): _deactivate,
    ("sale", "query"): _query,
    ("sale", "success"): _confirm,
}
