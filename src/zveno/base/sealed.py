"""Secrets of others that this house must show again (a carrier's password): kept encrypted under its own key."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from zveno.kit.errors import Conflict


class SealBroken(Conflict):
    """A secret was sealed under another key of the house (ZVENO_SECRET_KEY): it must be entered anew."""


def seal(secrets: Mapping[str, str]) -> str:
    """The secrets as a text that only this house can read."""
    return _box().encrypt(json.dumps(dict(secrets)).encode()).decode("ascii")


def unseal(text: str) -> dict[str, str]:
    """What was sealed; nothing for an empty text. Raises SealBroken."""
    if not text:
        return {}
    try:
        found: dict[str, str] = json.loads(_box().decrypt(text.encode("ascii")))
    except InvalidToken as broken:
        raise SealBroken() from broken
    return found


def _box() -> Fernet:
    digest = hashlib.sha256(b"zveno.base.sealed" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
