"""Tables of accounts: people who sign in, and keys that programs call with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from zveno.base.walls import Rows, Shared, ShownSecret, Walled, Walls


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail; addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in by e-mail. Rights come from memberships, never from the user row."""

    walls: ClassVar = Shared("names of people stand beside their deeds in every section; rights are checked elsewhere")

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, default="ru", choices=[("ru", "Русский"), ("en", "English")])
    time_zone = models.CharField(max_length=64, default="Europe/Moscow")
    theme = models.CharField(max_length=5, default="auto", choices=[(t, t) for t in ("auto", "light", "dark")])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_once"),)

    @property
    def shown_name(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.shown_name

    def __str__(self) -> str:
        return self.email


class ApiKey(Walled):
    """A key that a program calls with, for one company. Only its hash is kept; the prefix is shown in lists."""

    walls = Walls(
        nobody=ShownSecret("secret_sha256"),
        buying=Rows("company_id", "companies"),
        selling=Rows("company_id", "companies"),
    )

    company_id = models.BigIntegerField()
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    section = models.CharField(max_length=10, choices=[("buying", "buying"), ("selling", "selling"), ("desk", "desk")])
    entity_id = models.BigIntegerField(null=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["company_id"], name="api_key_company"),)
