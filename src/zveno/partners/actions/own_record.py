"""Keeping deeds of a company on itself where its people read them, whether it buys or sells."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from zveno.base import audit


def record_own(*, action: str, subject: models.Model, company_id: int, now: datetime, **params: Any) -> None:
    """An audit entry that the company's people read in the buying and in the selling section alike."""
    audit.record(action=action, subject=subject, now=now, company_id=company_id, seller_id=company_id, **params)
