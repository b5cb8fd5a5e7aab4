"""The secret in the link that ends mail about money without signing in."""

from __future__ import annotations

from django.core.signing import Signer

_SALT = "zveno.finance.money-mail"


def off_secret(*, user_id: int, company_id: int) -> str:
    """The same for the same person and company as long as the installation's key lasts; only its digest is kept."""
    return Signer(salt=_SALT).signature(f"{user_id}-{company_id}")
