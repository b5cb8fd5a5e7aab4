"""Random words of a connection: its key and its password."""

from __future__ import annotations

import secrets

from zveno.exchange.rules.credentials import ALPHABET, KEY_LENGTH, PASSWORD_LENGTH


def new_key() -> str:
    """A key for the address of a connection to be made; a form carries it, so that sending it twice makes one."""
    return _word(KEY_LENGTH)


def new_password() -> str:
    """A password that is typed by hand once: no letters that look alike, about 118 bits."""
    return _word(PASSWORD_LENGTH)


def _word(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
