"""What a login, an address and a password of a connection may look like."""

from __future__ import annotations

import re

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # without the letters and figures that are taken for one another
PASSWORD_LENGTH = 20
KEY_LENGTH = 8

_LOGIN = re.compile(r"[^:\x00-\x1f\x7f]{1,60}")
_KEY = re.compile(rf"[{ALPHABET}]{{{KEY_LENGTH}}}")


def is_login(text: str) -> bool:
    """Whether HTTP Basic can carry it: no colon, no control characters."""
    return bool(_LOGIN.fullmatch(text)) and text == text.strip()


def is_key(text: str) -> bool:
    """Whether it is a key as `KEY_LENGTH` letters of `ALPHABET`."""
    return bool(_KEY.fullmatch(text))


def slug_of(company_code: str, key: str) -> str:
    """The connection's part of its address: the company's code for people, the key against guessing and clashes."""
    plain = re.sub(r"[^a-z0-9]+", "-", company_code.lower()).strip("-")
    return f"{plain}-{key}" if plain else key
