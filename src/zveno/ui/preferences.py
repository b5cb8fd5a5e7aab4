"""Language, theme and time zone of the reader: the signed-in person's own, before sign-in a cookie, else the browser's.

The person's model may have `language`, `theme` and `time_zone`; what it lacks is kept in the cookie.
"""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "zveno_theme"
ZONE_COOKIE = "zveno_zone"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the page is drawn with; `zone` is empty for the installation's own."""

    language: str
    theme: str
    zone: str


def known_zone(name: str) -> zoneinfo.ZoneInfo | None:
    """The time zone of that name, None when there is no such zone."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def read_preferences(request: HttpRequest) -> Preferences:
    """The reader's preferences; nothing unknown is let through."""
    person = getattr(request, "user", None)
    own = person if person is not None and person.is_authenticated else None

    def chosen(name: str, cookie: str) -> str:
        return str(getattr(own, name, "") or request.COOKIES.get(cookie, ""))

    language = chosen("language", settings.LANGUAGE_COOKIE_NAME)
    theme = chosen("theme", THEME_COOKIE)
    zone = chosen("time_zone", ZONE_COOKIE)
    return Preferences(
        language=language if language in dict(settings.LANGUAGES) else translation.get_language_from_request(request),
        theme=theme if theme in THEMES else "auto",
        zone=zone if known_zone(zone) else "",
    )
