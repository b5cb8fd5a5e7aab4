"""Writing the audit trail: one call per deed, at the action that does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from django.db import models

from zveno.base.models import AuditEntry
from zveno.base.scope import current


def record(
    *,
    action: str,
    subject: models.Model,
    now: datetime,
    company_id: int | None = None,
    seller_id: int | None = None,
    **params: Any,
) -> None:
    """Keep that the current actor did `action` (a code such as `order_placed`) to `subject`.

    `company_id` and `seller_id` decide which partners may read the entry; `params` fill its sentence.
    """
    scope = current()
    if scope.on_behalf_of is not None:
        params["on_behalf_of"] = scope.on_behalf_of_name
    AuditEntry(
        at=now,
        actor_id=scope.user_id,
        actor_name=scope.actor_name or "system",
        on_behalf_of_id=scope.on_behalf_of,
        company_id=company_id,
        seller_id=seller_id,
        object_kind=subject._meta.label_lower,
        object_id=subject.pk,
        action=action,
        params=params,
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    ).save(force_insert=True)


def history_of(subject: models.Model) -> Sequence[AuditEntry]:
    """What was done to `subject`, newest first, as far as the current scope may read it."""
    entries = AuditEntry.objects.visible_to(current())
    return list(entries.filter(object_kind=subject._meta.label_lower, object_id=subject.pk).order_by("-at", "-id"))
