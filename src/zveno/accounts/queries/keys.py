"""Keys of programs: whose key a shown secret is, and the keys of a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from zveno.accounts.models import ApiKey, User
from zveno.accounts.rules.secrets import digest
from zveno.base.scope import Scope, Section, current, entered

_NOTED_EACH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whose key was shown: the person it acts as, in which company and section, for which entity (None: all)."""

    key_id: int
    key_name: str
    company_id: int
    section: Section
    entity_id: int | None
    user: User
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A key as its company's list shows it."""

    id: int
    name: str
    prefix: str
    section: str
    entity_id: int | None
    user_name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def find_key(*, secret: str, now: datetime) -> KeyHolder | None:
    """The holder of a key that is in force; None for an unknown or revoked key and for one of a blocked person.

    Needs an open transaction. Found by digest: the time it takes tells nothing of the secret. Leaves no scope entered.
    """
    with entered(shown_secret(secret)):
        return look_up_key(now=now)


def shown_secret(secret: str) -> Scope:
    """The scope of a caller who showed a secret and is nobody yet."""
    return Scope(section=Section.NOBODY, secret_sha256=digest(secret))


def look_up_key(*, now: datetime) -> KeyHolder | None:
    """As `find_key`, within the scope of the shown secret that the caller has entered and refines afterwards."""
    keys = ApiKey.objects.visible_to(current()).select_related("user")
    key = keys.filter(revoked_at=None, user__is_active=True).first()
    if key is None:
        return None
    if key.last_used_at is None or now - key.last_used_at > _NOTED_EACH:
        ApiKey.objects.visible_to(current()).filter(pk=key.pk).update(last_used_at=now)
    return KeyHolder(
        key_id=key.pk,
        key_name=key.name,
        company_id=key.company_id,
        section=Section(key.section),
        entity_id=key.entity_id,
        user=key.user,
        created_at=key.created_at,
    )


def keys_of_company(*, company_id: int) -> list[KeyValue]:
    """The keys of a company as far as the current scope sees them, those in force first, newest first."""
    rows = ApiKey.objects.visible_to(current()).filter(company_id=company_id).select_related("user")
    return [
        KeyValue(
            id=k.pk,
            name=k.name,
            prefix=k.prefix,
            section=k.section,
            entity_id=k.entity_id,
            user_name=k.user.shown_name,
            created_at=k.created_at,
            last_used_at=k.last_used_at,
            revoked_at=k.revoked_at,
        )
        for k in sorted(rows, key=lambda k: (k.revoked_at is not None, -k.created_at.timestamp()))
    ]
