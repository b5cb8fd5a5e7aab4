"""Tables of the ground: the audit trail, stored files, and jobs that a page can follow."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls


class AuditEntry(Walled):
    """Who did what to which object, when, in words a person can read. Never changed, never deleted."""

    walls = Walls(
        buying=Rows("company_id", "companies"),
        selling=Rows("seller_id", "sellers"),
    )

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)
    on_behalf_of_id = models.BigIntegerField(null=True)
    company_id = models.BigIntegerField(null=True)
    seller_id = models.BigIntegerField(null=True)
    object_kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    action = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (models.Index(fields=["object_kind", "object_id", "at"], name="audit_object"),)


class StoredFile(Walled):
    """Bytes kept as they came: content in the file store under its hash, name and sender here."""

    walls = Walls(
        buying=Rows("company_id", "companies"),
        selling=Rows("company_id", "companies"),
    )

    company_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=400)
    media_type = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["sha256"], name="stored_file_sha256"),)


class Task(Walled):
    """Long work that a page follows: how far it is, what came of it, whose it is."""

    walls = Walls(
        nobody=Rows("user_id", "users", READ_ONLY),
        buying=Rows("company_id", "companies"),
        selling=Rows("company_id", "companies"),
    )

    company_id = models.BigIntegerField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    state = models.CharField(
        max_length=12,
        choices=[(s, s) for s in ("waiting", "running", "done", "failed")],
        default="waiting",
    )
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


__all__ = ["AuditEntry", "StoredFile", "Task"]
