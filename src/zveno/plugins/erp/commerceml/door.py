"""Who may come in: Basic authentication at the beginning of a session, its cookie afterwards, a lock after guessing."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.http import HttpRequest

from zveno.exchange.errors import SessionUnknown, TooManyAttempts, WrongCredentials
from zveno.exchange.queries.sessions import Peer, Session, session_of

COOKIE = "zveno_exchange"
_MOST_WRONG = 10
_MOST_WRONG_ANYWHERE = 200
_LOCKED_MINUTES = 15


def check_credentials(request: HttpRequest, peer: Peer | None, *, slug: str) -> Peer:
    """The peer, when the request shows its login and password.

    An unknown address, a closed connection and a wrong password take the same time and get the same answer. Ten wrong
    ones lock the caller's address out for a quarter of an hour, two hundred everybody. Raises WrongCredentials,
    TooManyAttempts.
    """
    keys = (f"exchange-door:{slug}:{_caller(request)}", f"exchange-door:{slug}")
    wrong = cache.get_many(keys)
    if wrong.get(keys[0], 0) >= _MOST_WRONG or wrong.get(keys[1], 0) >= _MOST_WRONG_ANYWHERE:
        raise TooManyAttempts(minutes=_LOCKED_MINUTES)
    login, password = _shown(request)
    connection = peer.connection if peer else None
    kept = connection.password_hash if connection else _nobodys_hash()
    fits = check_password(password, kept)
    if peer is None or connection is None or not fits or not connection.is_active or login != connection.login:
        for key in keys:
            cache.set(key, wrong.get(key, 0) + 1, timeout=_LOCKED_MINUTES * 60)
        raise WrongCredentials()
    if wrong:
        cache.delete(keys[0])
    return peer


def session_in(request: HttpRequest, peer: Peer, *, now: datetime) -> Session:
    """The session that the request's cookie stands for, of this peer and no other. Raises SessionUnknown."""
    token = request.COOKIES.get(COOKIE, "")
    found = session_of(peer=peer, token=token, now=now) if peer.connection.is_active else None
    if found is None:
        raise SessionUnknown()
    return found


def _shown(request: HttpRequest) -> tuple[str, str]:
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        raise WrongCredentials()
    try:
        raw = base64.b64decode(told.strip(), validate=True)
    except binascii.Error:
        raise WrongCredentials() from None
    # 1С sends UTF-8 or windows-1251, as its version has it.
    try:
        pair = raw.decode("utf-8")
    except UnicodeDecodeError:
        pair = raw.decode("windows-1251", errors="replace")
    login, _, password = pair.partition(":")
    return login, password


def _caller(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


_hash_of_nothing = ""


def _nobodys_hash() -> str:
    """A hash that no password fits, so that an unknown address takes as long as a known one."""
    global _hash_of_nothing  # noqa: PLW0603 - made once, since making it is slow by intent
    if not _hash_of_nothing:
        _hash_of_nothing = make_password("\0")
    return _hash_of_nothing
