"""Tables of partners."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Shared, ShownSecret, Walled, Walls
from zveno.partners.rules.roles import Role


class Region(models.Model):
    """A place in the tree of regions: country, district, region, city."""

    walls: ClassVar = Shared("geography is nobody's data")

    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=64, default="Europe/Moscow")

    def __str__(self) -> str:
        return self.name


class Company(Walled):
    """A cabinet: the operator, its sales house, a distributor, a dealer. One company may buy and sell."""

    walls = Walls(
        nobody=Rows("id", "companies", READ_ONLY),
        buying=Rows("id", "known_companies", write="companies"),
        selling=Rows("id", "known_companies", write="companies"),
    )

    name = models.CharField(max_length=200)
    is_operator = models.BooleanField(default=False)
    is_seller = models.BooleanField(default=False)
    is_buyer = models.BooleanField(default=True)
    is_distributor = models.BooleanField(default=False)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    time_zone = models.CharField(max_length=64, default="Europe/Moscow")
    currency = models.CharField(max_length=3, default="RUB")
    # Addresses of the company's pages and its orders' numbers start with it.
    code = models.CharField(max_length=20, unique=True)
    blocked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["is_operator"], condition=Q(is_operator=True), name="one_operator"),
        )

    def __str__(self) -> str:
        return self.name


class LegalEntity(Walled):
    """A legal person of a company, with its codes; daughters point at their main."""

    walls = Walls(
        nobody=Rows("company_id", "companies", READ_ONLY),
        buying=Rows("company_id", "known_companies", write="companies"),
        selling=Rows("company_id", "known_companies", write="companies"),
    )

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="entities")
    main = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="daughters")
    name = models.CharField(max_length=300)
    full_name = models.CharField(max_length=500, blank=True)
    country = models.CharField(max_length=2, default="RU")
    inn = models.CharField(max_length=12, blank=True)
    kpp = models.CharField(max_length=9, blank=True)
    ogrn = models.CharField(max_length=15, blank=True)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    legal_address = models.CharField(max_length=500, blank=True)
    delivery_address = models.CharField(max_length=500, blank=True)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["inn", "kpp"], condition=~Q(inn=""), name="entity_inn_kpp_once"),
            models.UniqueConstraint(fields=["company"], condition=Q(is_default=True), name="entity_one_default"),
        )

    def __str__(self) -> str:
        return self.name


class Member(Walled):
    """A person in a company: role, entities they are bound to (none bound means all), and whether they are blocked."""

    walls = Walls(
        nobody=Rows("user_id", "users"),
        buying=Rows("company_id", "companies"),
        selling=Rows("company_id", "companies"),
    )

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role])
    blocked_at = models.DateTimeField(null=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "user"], name="member_once_per_company"),)


class MemberEntity(Walled):
    """One legal entity that a member is bound to."""

    walls = Walls(
        nobody=Rows("user_id", "users"),
        buying=Rows("company_id", "companies"),
        selling=Rows("company_id", "companies"),
    )

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="bindings")
    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["member", "entity"], name="member_entity_once"),)


class Invitation(Walled):
    """An invitation by mail into a company; only the hash of its secret is kept."""

    walls = Walls(
        nobody=ShownSecret("secret_sha256"),
        buying=Rows("company_id", "companies"),
        selling=Rows("company_id", "companies"),
    )

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=24)
    entity_ids = models.JSONField(default=list)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class RegistrationRequest(models.Model):
    """A newcomer's request for a cabinet, decided by the operator. Written before anybody is signed in."""

    walls: ClassVar = Shared("written by strangers, read on the desk only; the desk pages check the right")

    company_name = models.CharField(max_length=300)
    inn = models.CharField(max_length=12)
    kpp = models.CharField(max_length=9, blank=True)
    ogrn = models.CharField(max_length=15, blank=True)
    legal_address = models.CharField(max_length=500)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=200)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    company = models.ForeignKey(Company, null=True, on_delete=models.PROTECT, related_name="+")


class TradeTerms(Walled):
    """That and how a buyer's entity buys from a seller: credit, delay, contract, region, manager.

    Prices and discounts are pricing's. Periods are half-open days; of the terms of one pair at most one holds on a day.
    """

    walls = Walls(
        nobody=Rows("buyer_company_id", "companies", READ_ONLY),
        buying=Rows("buyer_entity_id", "entities", READ_ONLY),
        selling=Rows("seller_id", "sellers"),
    )

    seller = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    buyer_company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="terms")
    currency = models.CharField(max_length=3, default="RUB")
    credit_limit = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    payment_delay_days = models.PositiveSmallIntegerField(default=0)
    contract_number = models.CharField(max_length=60, blank=True)
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["seller", "buyer_entity"], condition=Q(valid_to=None), name="terms_one_open_per_pair"
            ),
        )
        indexes = (
            models.Index(fields=["buyer_entity", "seller"], name="terms_buyer"),
            models.Index(fields=["buyer_company"], name="terms_company"),
        )


__all__ = [
    "Company",
    "Invitation",
    "LegalEntity",
    "Member",
    "MemberEntity",
    "Region",
    "RegistrationRequest",
    "TradeTerms",
]
