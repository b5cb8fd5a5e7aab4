"""Making a key for a program."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from zveno.accounts.errors import KeyNameMissing
from zveno.accounts.models import ApiKey
from zveno.accounts.rules.secrets import KEY_MARK, digest, prefix
from zveno.base import audit
from zveno.base.tx import in_transaction


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key; `secret` is told this once and kept nowhere."""

    id: int
    name: str
    secret: str


@in_transaction
def make_api_key(
    *, company_id: int, user_id: int, name: str, section: str, entity_id: int | None, now: datetime
) -> MadeKey:
    """A key that acts as person `user_id` of the company in `section`, for `entity_id` or for all their entities.

    The caller has checked that both are the company's. Raises KeyNameMissing.
    """
    if not name.strip():
        raise KeyNameMissing
    secret = KEY_MARK + secrets.token_urlsafe(32)
    key = ApiKey(
        company_id=company_id,
        name=name.strip()[:120],
        prefix=prefix(secret),
        secret_sha256=digest(secret),
        section=section,
        entity_id=entity_id,
        user_id=user_id,
    )
    key.save(force_insert=True)
    audit.record(
        action="api_key_made", subject=key, now=now, company_id=company_id, seller_id=company_id, name=key.name
    )
    return MadeKey(id=key.pk, name=key.name, secret=secret)
