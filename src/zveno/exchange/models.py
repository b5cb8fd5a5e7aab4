"""Tables of the hub: connections, what came in, what must go out, and whose ids mean what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zveno.base.walls import Rows, Walled, Walls

_SELLER = Walls(selling=Rows("seller_id", "sellers"))


class Connection(Walled):
    """One accounting system of one seller: how it signs in and how its words are to be read.

    `options`: see the plugin of `kind`; for CommerceML among them `stock_means` ("on_hand" or "free").
    """

    walls = _SELLER

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, default="commerceml")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40, unique=True)
    login = models.CharField(max_length=60)
    password_hash = models.CharField(max_length=200)
    options = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_contact_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Exchange(Walled):
    """One session of a connection: a run of calls that belong together. `dictionaries` carry from file to file."""

    walls = _SELLER

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="exchanges")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in ("catalog", "sale", "reference", "manual")])
    token_sha256 = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    last_call_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    calls = models.PositiveIntegerField(default=0)
    dictionaries = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["connection", "-started_at"], name="exchange_journal"),
            models.Index(fields=["token_sha256"], condition=~Q(token_sha256=""), name="exchange_token"),
        )


class InboxFile(Walled):
    """A file as it came, kept before anything is done with it, and what applying it did.

    `counts`: kind of message → {"seen", "created", "changed", "unchanged", "deleted", "refused"}. `error`: code, params,
    place of what stopped the file. Doubts about single objects are rows of `Refusal`.
    """

    walls = _SELLER

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="inbox")
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="files")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=400)
    position = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in ("received", "waiting", "applying", "applied", "refused")]
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    started_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["exchange", "position"], name="inbox_exchange"),
            models.Index(fields=["connection", "-received_at"], name="inbox_journal"),
        )


class Upload(Walled):
    """A piece of a file still being received in pieces."""

    walls = _SELLER

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="uploads")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=400)
    position = models.PositiveIntegerField()
    content = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")


class Refusal(Walled):
    """One object of a file that could not be applied: what, where, why, and what to do."""

    walls = _SELLER

    inbox_file = models.ForeignKey(InboxFile, on_delete=models.CASCADE, related_name="refusals")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    place = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=120, blank=True)


class ExternalRef(Walled):
    """Which of our objects a connection means by an id. `digest` is of what was applied last: the same again changes nothing."""

    walls = _SELLER

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    external_id = models.CharField(max_length=120)
    object_id = models.BigIntegerField()
    digest = models.CharField(max_length=32, blank=True)
    seen_in = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["connection", "kind", "external_id"], name="external_ref_once"),)
        indexes = (models.Index(fields=["connection", "kind", "object_id"], name="external_ref_object"),)


class OutboxItem(Walled):
    """That an object must reach a connection. Written in the transaction of the change; its content is made when fetched."""

    walls = Walls(buying=Rows("buyer_entity_id", "entities"), selling=Rows("seller_id", "sellers"))

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="outbox")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_in_id = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["connection", "kind", "object_id", "version"], name="outbox_once"),
        )
        indexes = (models.Index(fields=["connection", "id"], condition=Q(confirmed_at=None), name="outbox_waiting"),)
