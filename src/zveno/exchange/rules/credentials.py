"""What the login, the password and the key in the address of a connection look like."""

from __future__ import annotations

import re

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters and figures that are taken for one another
PASSWORD_LENGTH = 24
KEY_LENGTH = 10

_LOGIN = re.compile(r"[^:\x00-\x1f\x7f]{1,60}")
_KEY = re.compile(rf"[{ALPHABET}]{{{KEY_LENGTH}}}")


def is_login(text: str) -> bool:
    """Whether HTTP Basic can carry it: no colon, no control characters, no blanks at its ends."""
    return bool(_LOGIN.fullmatch(text)) and text == text.strip()


def is_key(text: str) -> bool:
    """Whether it is `KEY_LENGTH` letters of `ALPHABET`."""
    return bool(_KEY.fullmatch(text))
