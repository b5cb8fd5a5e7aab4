"""Tables of the hub: connections, what came in, what must go out, and whose ids mean what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zveno.base.walls import Rows, Walled, Walls

# The kind of a connection that is a program with an API key.
PROGRAM = "api"
_SELLER = Walls(selling=Rows("seller_id", "sellers"))


class Connection(Walled):
    """One accounting system of one seller: how it signs in and how its words are to be read.

    `options`: see the plugin of `kind`; for CommerceML among them `stock_means` ("on_hand" or "free"). `dictionaries`:
    what it told that later files refer to and no table of ours holds (units, product kinds). Orders changed before
    `orders_from` are not for it.
    """

    walls = _SELLER

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, default="commerceml")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40, unique=True)
    login = models.CharField(max_length=60)
    password_hash = models.CharField(max_length=200)
    options = models.JSONField(default=dict)
    dictionaries = models.JSONField(default=dict)
    orders_from = models.DateTimeField(default=timezone.now)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_contact_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Exchange(Walled):
    """One session of a connection: a run of calls that belong together. Only the hash of its token is kept."""

    walls = _SELLER

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="exchanges")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in ("catalog", "sale", "reference", "manual")])
    token_sha256 = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    last_call_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["connection", "-started_at"], name="exchange_journal"),
            models.Index(fields=["token_sha256"], condition=~Q(token_sha256=""), name="exchange_token"),
        )


class InboxFile(Walled):
    """A file as it came, kept before anything is done with it, and what applying it did.

    `content` is what it is (messages, picture, archive, other), `rank` its turn among the files of its session: what
    others refer to goes first. `done` messages are applied: applying goes on from there after an interruption.
    `counts`: kind of message → {"seen", "created", "changed", "unchanged", "deleted", "refused"}. `error`: code,
    params, place of what stopped the file. Doubts about single objects are rows of `Refusal`.
    """

    walls = _SELLER

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="inbox")
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="files")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=400)
    content = models.CharField(
        max_length=8, choices=[(c, c) for c in ("messages", "picture", "archive", "other")], default="messages"
    )
    position = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField(default=0)
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
            models.Index(fields=["connection", "name"], name="inbox_name"),
            models.Index(
                fields=["connection", "exchange", "rank", "position"],
                condition=Q(state__in=["waiting", "applying"]),
                name="inbox_waiting",
            ),
        )


class Upload(Walled):
    """A piece of a file still being received in pieces. `is_last`: shorter than a piece may be, so none will follow."""

    walls = _SELLER

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="uploads")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=400)
    position = models.PositiveIntegerField()
    content = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")
    is_last = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["exchange", "name", "position"], name="upload_pieces"),)


class Refusal(Walled):
    """One object of a file that could not be applied (or, `is_doubt`, not wholly as it stood): what, where, why."""

    walls = _SELLER

    inbox_file = models.ForeignKey(InboxFile, on_delete=models.CASCADE, related_name="refusals")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    place = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    is_doubt = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["inbox_file", "id"], name="refusal_file"),)


class ExternalRef(Walled):
    """Which of our objects a connection means by an id.

    `digest` is of what was applied last: the same again changes nothing. `seen_in`: the last full session that told it.
    """

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
    """That an object must reach the seller's accounting systems; one row per object, its content is made when fetched.

    Written in the transaction of the change, by buyers too, who see no connections: so the row is the seller's, and
    `Delivery` says what each connection has. `is_pending`: some active connection may lack `version`.
    """

    walls = Walls(buying=Rows("buyer_entity_id", "entities"), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    is_pending = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["seller", "kind", "object_id"], name="outbox_once"),)
        indexes = (models.Index(fields=["seller", "id"], condition=Q(is_pending=True), name="outbox_pending"),)


class Delivery(Walled):
    """How far an outbox item got to one connection: the version sent last, in which session, the version confirmed."""

    walls = _SELLER

    item = models.ForeignKey(OutboxItem, on_delete=models.CASCADE, related_name="deliveries")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="deliveries")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    sent_version = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    sent_in_id = models.BigIntegerField(null=True)
    confirmed_version = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "connection"], name="delivery_once"),)
        indexes = (models.Index(fields=["connection", "sent_in_id"], name="delivery_session"),)
