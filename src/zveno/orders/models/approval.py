"""How a company approves its orders: settings, rules, budgets, substitutes; for the company's own people alone."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from zveno.base.walls import Rows, Walled, Walls
from zveno.orders.rules.approval.budgets import BudgetPeriod
from zveno.orders.rules.approval.picking import Outcome

# Neither the seller nor the operator reads them, nor a seller's manager who acts for the company.
_OWN = Walls(buying=Rows("company_id", "own_companies"), desk=None)


class ApprovalSettings(Walled):
    """What holds for all of a company's requisitions, and the last number given to one."""

    walls = _OWN

    company = models.OneToOneField("partners.Company", on_delete=models.PROTECT, related_name="+")
    own_allowed = models.BooleanField(default=False)
    # Whether the links in a mail decide for who is not signed in: the mail alone then says who one is.
    links_without_sign_in = models.BooleanField(default=False)
    remind_hours = models.PositiveSmallIntegerField(default=4)
    expire_days = models.PositiveSmallIntegerField(default=30, validators=[MinValueValidator(1)])
    # Programs whose orders nobody is asked about.
    exempt_key_ids = ArrayField(models.BigIntegerField(), default=list)
    last_number = models.BigIntegerField(default=0)


class ApprovalRule(Walled):
    """One rule; the first in order of `position` whose conditions hold decides. `steps`: see `rules.approval.steps`."""

    walls = _OWN

    company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    outcome = models.CharField(max_length=4, choices=[(o.value, o.value) for o in Outcome], default=Outcome.ASK.value)
    min_total = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="RUB")
    category_ids = ArrayField(models.BigIntegerField(), default=list)
    author_ids = ArrayField(models.BigIntegerField(), default=list)
    roles = ArrayField(models.CharField(max_length=24), default=list)
    entity_ids = ArrayField(models.BigIntegerField(), default=list)
    seller_ids = ArrayField(models.BigIntegerField(), default=list)
    over_budget = models.BooleanField(default=False)
    over_credit = models.BooleanField(default=False)
    tolerance_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    steps = models.JSONField(default=list)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["company", "position"], name="approval_rule_order"),)


class ApprovalBudget(Walled):
    """How much an entity, or an author, may order in each calendar month or quarter before somebody is asked."""

    walls = _OWN

    company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey("partners.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=8, choices=[(p.value, p.value) for p in BudgetPeriod])
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="RUB")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(entity__isnull=False, user=None) | Q(entity=None, user__isnull=False),
                name="budget_of_entity_or_author",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_positive"),
            models.UniqueConstraint(
                fields=["company", "entity", "period", "currency"],
                condition=Q(entity__isnull=False),
                name="budget_of_entity_once",
            ),
            models.UniqueConstraint(
                fields=["company", "user", "period", "currency"],
                condition=Q(user__isnull=False),
                name="budget_of_author_once",
            ),
        )


class ApprovalSubstitute(Walled):
    """That one person decides for another on some days, half-open."""

    walls = _OWN

    company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="substitute_some_days"),
            models.CheckConstraint(condition=~Q(user=F("substitute")), name="substitute_of_another"),
        )
        indexes = (models.Index(fields=["company", "valid_to"], name="substitute_company"),)
