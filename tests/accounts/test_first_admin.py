"""The installation's first person."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import world

from zveno.config.first_admin import make_administrator
from zveno.partners.errors import NameMissing
from zveno.partners.models import Company, Member

pytestmark = pytest.mark.django_db


def test_the_first_administrator_sets_a_password_by_the_printed_link(client: Client) -> None:
    made = make_administrator(email="Chief@Example.com", name="Ирина Лебедева", company_name="Завод «Светлый дом»")
    assert (made.email, made.company_name) == ("chief@example.com", "Завод «Светлый дом»")
    form = client.get("/" + made.link.split("/", 3)[3], follow=True)
    passwords = {"password1": world.PASSWORD, "password2": world.PASSWORD}
    assert client.post(form.request["PATH_INFO"], passwords).status_code == 302
    client.post("/accounts/login/", {"login": made.email, "password": world.PASSWORD})
    assert client.get("/desk/partners/").status_code == 200


def test_a_second_administrator_joins_the_same_operator_and_repeating_changes_nothing() -> None:
    make_administrator(email="one@example.com", name="", company_name="Завод")
    for _ in range(2):
        make_administrator(email="two@example.com", name="", company_name="")
    assert Company.objects.unscoped("a test looks").filter(is_operator=True).count() == 1
    assert Member.objects.unscoped("a test looks").filter(role="operator_admin").count() == 2


def test_the_first_operator_needs_a_name() -> None:
    with pytest.raises(NameMissing):
        make_administrator(email="one@example.com", name="", company_name="")
