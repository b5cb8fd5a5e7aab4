"""A short mark of what a message says, to tell "the same again" from a change."""

from __future__ import annotations

from dataclasses import fields
from hashlib import blake2b
from operator import attrgetter

from zveno.exchange.rules.messages import ProductMessage

# When the sender formed the file is not part of what it says.
_SAID = attrgetter(*(field.name for field in fields(ProductMessage) if field.name != "source_time"))


def product_digest(message: ProductMessage, *, salt: str = "") -> str:
    """32 hexadecimal digits, equal for messages that say the same under the same settings (`salt`)."""
    return blake2b(f"{salt}{_SAID(message)!r}".encode(), digest_size=16).hexdigest()
