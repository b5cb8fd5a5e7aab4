"""What every letter about an account tells: where it comes from, and when and from where it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation

from zveno.accounts.models import User
from zveno.base import clock
from zveno.ui.formats import NOTHING, format_browser, format_moment
from zveno.ui.preferences import known_zone


@contextmanager
def reading(reader: User | None) -> Iterator[None]:
    """Speak the reader's language and clock; those of the request where the reader is not known.

    A new password is asked for by a browser that may be anybody's, in any language.
    """
    if reader is None:
        yield
        return
    zone = known_zone(reader.time_zone) or timezone.get_default_timezone()
    with translation.override(reader.language), timezone.override(zone):
        yield


def circumstances(request: HttpRequest, *, address: str) -> dict[str, Any]:
    """Context of a letter that `request` brings about; `until` is the last moment of a link for a new password."""
    now = clock.now()
    return {
        "site": settings.BASE_URL,
        "moment": _moment(timezone.localtime(now)),
        "ip": address,
        "browser": _browser(request.headers.get("User-Agent", "")),
        "until": now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    }


def _moment(now: datetime) -> str:
    offset = f"{now:%z}"
    return f"{format_moment(now, translation.get_language() or 'en')} UTC{offset[:3]}:{offset[3:]}"


def _browser(told: str) -> str:
    # Anybody may ask for a letter to anybody: what they call their browser is not let into it as it stands.
    known = format_browser(told)
    return NOTHING if known == told[: len(known)] else known
