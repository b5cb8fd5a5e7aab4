"""The first person of an installation: the operator's administrator, who appoints everybody else."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from zveno.accounts.actions.create_person import create_person
from zveno.accounts.queries.people import person_with_email
from zveno.base import clock
from zveno.base.scope import entered, system_scope
from zveno.partners.actions.make_administrator import make_administrator as join_operator


@dataclass(frozen=True, slots=True)
class MadeAdministrator:
    """Who was made administrator of which operator, and the address where they set their password."""

    email: str
    company_name: str
    link: str


def make_administrator(*, email: str, name: str, company_name: str) -> MadeAdministrator:
    """Make the account if there is none, the operator if there is none, and tie them; repeating gives a new link."""
    with transaction.atomic(), entered(system_scope()):
        user = person_with_email(email) or create_person(email=email, name=name, password=None)
        operator = join_operator(user_id=user.pk, company_name=company_name, now=clock.now())
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uidb36, rest = key.split("-", 1)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": rest})
    return MadeAdministrator(email=user.email, company_name=operator.name, link=settings.BASE_URL + path)
