"""The password of a connection."""

from __future__ import annotations

import secrets

from zveno.exchange.rules.credentials import ALPHABET, PASSWORD_LENGTH


def new_password() -> str:
    """A password that is typed by hand once: no letters that look alike, about 118 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PASSWORD_LENGTH))
