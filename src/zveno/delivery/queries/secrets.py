"""Who a carrier's own system is: known by the secret in the address that it calls."""

from __future__ import annotations

import hashlib

from zveno.base.scope import Scope, Section


def shown_secret(secret: str) -> Scope:
    """The scope of a caller that showed `secret`: nobody yet, who sees the one carrier that it opens."""
    return Scope(section=Section.NOBODY, secret_sha256=webhook_digest(secret))


def webhook_digest(secret: str) -> str:
    """What of a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
