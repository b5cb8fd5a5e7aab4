"""The middleware of the interface; stands after the authentication middleware."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from zveno.ui.preferences import known_zone, read_preferences


class PreferencesMiddleware:
    """Speaks the reader's language and clock for the length of a request.

    `request.preferences` tells what was chosen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        preferences = read_preferences(request)
        request.preferences = preferences  # type: ignore[attr-defined]
        zone = known_zone(preferences.zone)
        with translation.override(preferences.language), timezone.override(zone or timezone.get_default_timezone()):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            # A template response may be drawn later, when the override is gone.
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        response.headers.setdefault("Content-Language", preferences.language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response
