"""Tables of finance."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zveno.base.walls import READ_ONLY, Rows, ShownSecret, Walled, Walls
from zveno.finance.rules.credit import Answer
from zveno.finance.rules.documents import Kind
from zveno.finance.rules.settling import Basis

_WALLS = Walls(buying=Rows("buyer_entity_id", "entities", READ_ONLY), selling=Rows("seller_id", "sellers"))
_SELLERS_OWN = Walls(selling=Rows("seller_id", "sellers"))


def _money(**more: object) -> models.DecimalField:
    return models.DecimalField(max_digits=18, decimal_places=2, **more)  # type: ignore[arg-type]


class Account(Walled):
    """What one legal entity and one seller owe each other by one contract in one currency.

    `settled_by`: the version of the rule by which its documents were allocated last; 0: not yet.
    """

    walls = _WALLS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    contract = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3, default="RUB")
    settled_by = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["buyer_entity", "seller", "contract", "currency"], name="account_once"),
        )
        indexes = (models.Index(fields=["seller", "buyer_company"], name="account_seller"),)


class LedgerDocument(Walled):
    """A paper that makes or settles a debt, as the seller's accounting system told it last.

    `change` is what it does to the debt, `rest` what of that is not settled. A void one stays, so that older news of it
    does not bring it back. `source_time` and `digest` decide between two versions: the newer counts.
    """

    walls = _WALLS

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="documents")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    external_id = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    # What has no day of payment is due on its own day.
    due_on = models.DateField()
    amount = _money()
    change = _money()
    rest = _money()
    # Asked for instead of the rest: under row security PostgreSQL weighs no figures, and would read every document.
    is_open = models.GeneratedField(
        expression=~Q(rest=0),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
        editable=False,
    )
    # The order stands a floor above: a plain key.
    order_id = models.BigIntegerField(null=True)
    settles = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    is_void = models.BooleanField(default=False)
    source_time = models.DateTimeField()
    digest = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["seller", "external_id"], condition=~Q(external_id=""), name="ledger_external_once"
            ),
            # What is settled is no more than the document, and void ones owe nothing.
            models.CheckConstraint(
                condition=Q(is_void=True, rest=0)
                | Q(is_void=False, change__gte=0, rest__gte=0, rest__lte=F("change"))
                | Q(is_void=False, change__lt=0, rest__lte=0, rest__gte=F("change")),
                name="ledger_rest_within_change",
            ),
        )
        indexes = (
            models.Index(fields=["account", "issued_on"], name="ledger_account"),
            models.Index(fields=["seller", "issued_on"], name="ledger_seller"),
            models.Index(fields=["buyer_entity", "issued_on"], name="ledger_buyer"),
            models.Index(fields=["seller", "due_on"], condition=Q(is_open=True), name="ledger_open_seller"),
            models.Index(fields=["buyer_entity", "due_on"], condition=Q(is_open=True), name="ledger_open_buyer"),
            models.Index(fields=["order_id"], condition=Q(order_id__isnull=False), name="ledger_order"),
        )


class Allocation(Walled):
    """So much of a debt is settled by a document that lowers it, and why these two."""

    walls = _WALLS

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="allocations")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    debt = models.ForeignKey(LedgerDocument, on_delete=models.CASCADE, related_name="paid_by")
    credit = models.ForeignKey(LedgerDocument, on_delete=models.CASCADE, related_name="pays")
    amount = _money()
    basis = models.CharField(max_length=6, choices=[(b.value, b.value) for b in Basis])

    class Meta:
        constraints = (models.UniqueConstraint(fields=["debt", "credit"], name="allocation_once"),)


class MonthTotal(Walled):
    """The changes of an account in one month by column: so that a balance does not read years of documents."""

    walls = _WALLS

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="months")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    shipped = _money(default=0)
    returned = _money(default=0)
    paid = _money(default=0)
    other = _money(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "month"], name="month_total_once"),)
        indexes = (
            models.Index(fields=["seller", "month"], name="month_total_seller"),
            models.Index(fields=["buyer_entity", "month"], name="month_total_buyer"),
        )


class StatedBalance(Walled):
    """The balance of an account at the end of a day, as the accounting system states it.

    `documents`: what it counts to come to that ({external_id, number, issued_on, change}); null: the sum alone.
    """

    walls = _WALLS

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="stated")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    balance = _money()
    documents = models.JSONField(null=True)
    source_time = models.DateTimeField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "as_of"], name="stated_balance_once"),)


class CreditPolicy(Walled):
    """What a seller lets happen when an order goes over the limit or a debt is overdue."""

    walls = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.OneToOneField("partners.Company", on_delete=models.PROTECT, related_name="+")
    over_limit = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Answer], default=Answer.WARN)
    when_overdue = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Answer], default=Answer.WARN)
    grace_days = models.PositiveSmallIntegerField(default=0)
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField()


class CreditLimit(Walled):
    """A limit that the seller's people set: of an entity above that of the trade terms, or of a whole company.

    The newest row counts; without an amount the terms hold again, or the company has no limit. Kept as history.
    A company's limit is for the seller's eyes: a daughter must not learn from it what the others owe.
    """

    walls = _WALLS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+")
    amount = _money(null=True)
    reason = models.CharField(max_length=300, blank=True)
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["seller", "buyer_company", "-set_at"], name="credit_limit_newest"),)


class MoneyMail(Walled):
    """What a person wants to be mailed about their company's money, and when not.

    `off_sha256` is of the secret in the link that switches everything off without signing in.
    """

    walls = Walls(nobody=ShownSecret("off_sha256"), buying=Rows("user_id", "users"))

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField(default=True)
    statement = models.CharField(
        max_length=8, choices=[(s, s) for s in ("never", "weekly", "monthly")], default="never"
    )
    reminds = models.BooleanField(default=True)
    days_before = models.PositiveSmallIntegerField(default=3)
    every_days_after = models.PositiveSmallIntegerField(default=7)
    quiet_from = models.TimeField()
    quiet_to = models.TimeField()
    weekends = models.BooleanField(default=False)
    off_sha256 = models.CharField(max_length=64, unique=True)
    statement_sent_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "company"], name="money_mail_once"),)


class SentReminder(Walled):
    """That a person was reminded of a debt at a stage (see `rules.reminding`): none goes twice."""

    walls = Walls(buying=Rows("user_id", "users", READ_ONLY))

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(LedgerDocument, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=12)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "document", "stage"], name="reminder_once"),)
