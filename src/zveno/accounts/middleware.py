"""Noting when and from where a session was last used, for the person's list of sessions."""

from __future__ import annotations

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

from zveno.base import clock

_NOTED_EACH_SECONDS = 60
_KEY = "noted"


class SessionActivityMiddleware:
    """As allauth's own, which writes on every request; this one writes once a minute for each session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            self._note(request)
        return self.get_response(request)

    def _note(self, request: HttpRequest) -> None:
        # Signing in gives the session another key, which is another row of the list.
        key, moment = request.session.get(_KEY, ("", 0))
        now = int(clock.now().timestamp())
        if key == request.session.session_key and now - moment < _NOTED_EACH_SECONDS:
            return
        UserSession.objects.create_from_request(request)
        request.session[_KEY] = (request.session.session_key, now)
