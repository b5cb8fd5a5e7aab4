"""Signing in, and everything around it: locked, second factor, passkeys, reset, sessions, the closed site."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import world

from zveno.accounts.jobs import deliver_mail
from zveno.accounts.models import User
from zveno.partners.models import Company, Member
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def dealer() -> world.Partner:
    return world.dealer()


def sign_in(client: Client, person: User, password: str = world.PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": person.email, "password": password})


def show_password_again(client: Client) -> None:
    """What guards the second factor: a stolen session alone does not change it."""
    assert client.get("/accounts/reauthenticate/").status_code == 200
    assert client.post("/accounts/reauthenticate/", {"password": world.PASSWORD}).status_code == 302


def is_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


def mailed() -> str:
    """The text of the mail that waits in the queue, sent as the worker does."""
    job = ProcrastinateJob.objects.filter(task_name="accounts.deliver_mail").latest("id")
    mail.outbox.clear()
    deliver_mail(**job.args)
    return str(mail.outbox[0].body)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_a_person_signs_in_by_mail_in_any_case_and_lands_in_their_section(
    client: Client, dealer: world.Partner
) -> None:
    answer = client.post("/accounts/login/", {"login": dealer.buyer.email.upper(), "password": world.PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/").headers["Location"] == "/buy/"


def test_passwords_are_kept_by_argon2(dealer: world.Partner) -> None:
    assert dealer.buyer.password.startswith("argon2$argon2id$")


def test_a_wrong_password_and_an_unknown_address_get_one_and_the_same_answer(
    client: Client, dealer: world.Partner
) -> None:
    told = []
    for email in (dealer.buyer.email, "nobody@example.com"):
        page = client.post("/accounts/login/", {"login": email, "password": "wrong-password-1"}).content.decode()
        told.append(re.sub(r'value="[^"]*"', "", page[page.index("<main") : page.index("</main")]))
    assert told[0] == told[1]
    assert "не подходят" in told[0]


def test_five_wrong_passwords_lock_the_account_and_say_for_how_long(client: Client, dealer: world.Partner) -> None:
    for _ in range(5):
        sign_in(client, dealer.buyer, "wrong-password-1")
    page = sign_in(client, dealer.buyer)
    assert page.status_code == 200
    assert "на пять минут" in page.content.decode()
    assert not is_in(client)


def test_another_account_is_not_locked_with_it(client: Client, dealer: world.Partner) -> None:
    for _ in range(5):
        sign_in(client, dealer.buyer, "wrong-password-1")
    assert sign_in(client, dealer.viewer).status_code == 302


def test_a_switched_off_person_is_out_at_once_and_cannot_come_in(client: Client, dealer: world.Partner) -> None:
    sign_in(client, dealer.buyer)
    assert is_in(client)
    User.objects.filter(pk=dealer.buyer.pk).update(is_active=False)
    assert not is_in(client)
    sign_in(client, dealer.buyer)
    assert not is_in(client)


def test_who_is_blocked_everywhere_cannot_sign_in_but_who_has_another_place_can(
    client: Client, dealer: world.Partner
) -> None:
    Member.objects.unscoped("a test blocks").filter(user=dealer.buyer).update(blocked_at=world.NOW)
    assert sign_in(client, dealer.buyer).headers["Location"] == "/accounts/inactive/"
    assert not is_in(client)
    world.member(world.dealer().company, Role.BUYER, person=dealer.buyer)
    sign_in(client, dealer.buyer)
    assert is_in(client)


def test_people_of_a_blocked_company_cannot_sign_in(client: Client, dealer: world.Partner) -> None:
    Company.objects.unscoped("a test blocks").filter(pk=dealer.company.pk).update(blocked_at=world.NOW)
    sign_in(client, dealer.head)
    assert not is_in(client)


def test_the_second_factor_is_asked_once_it_is_on(client: Client, dealer: world.Partner) -> None:
    sign_in(client, dealer.head)
    show_password_again(client)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    other = Client()
    assert sign_in(other, dealer.head).headers["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(other)
    cache.clear()  # the same code is good once; the second one comes half a minute later
    assert other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert is_in(other)


def test_a_recovery_code_lets_in_once(client: Client, dealer: world.Partner) -> None:
    TOTP.activate(dealer.head, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(dealer.head).get_unused_codes()[0]
    for expected in (True, False):
        visitor = Client()
        sign_in(visitor, dealer.head)
        visitor.post("/accounts/2fa/authenticate/", {"code": code})
        assert is_in(visitor) is expected


def test_a_passkey_can_be_added_and_asked_for(client: Client, dealer: world.Partner) -> None:
    sign_in(client, dealer.head)
    assert client.get("/accounts/2fa/webauthn/add/").headers["Location"].startswith("/accounts/reauthenticate/")
    show_password_again(client)
    page = client.get("/accounts/2fa/webauthn/add/")
    assert page.status_code == 200
    assert '"challenge"' in page.content.decode()
    asked = Client().get("/accounts/2fa/webauthn/login/", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert "challenge" in asked.content.decode()


def test_a_password_is_reset_by_mail_once(client: Client, dealer: world.Partner) -> None:
    assert client.post("/accounts/password/reset/", {"email": dealer.buyer.email}).status_code == 302
    link = re.search(r"https?://\S+/accounts/password/reset/key/\S+", mailed())
    assert link is not None
    path = "/" + link.group(0).split("/", 3)[3]
    form = client.get(path, follow=True)
    posted = client.post(
        form.request["PATH_INFO"], {"password1": "seven-green-doors-8", "password2": "seven-green-doors-8"}
    )
    assert posted.status_code == 302
    assert sign_in(client, dealer.buyer, "seven-green-doors-8").status_code == 302
    again = Client().get(path, follow=True)
    assert "password1" not in again.content.decode()


def test_a_reset_for_an_unknown_address_looks_the_same(client: Client) -> None:
    answer = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/password/reset/done/")


def test_other_sessions_are_listed_and_ended(client: Client, dealer: world.Partner) -> None:
    other = Client(HTTP_USER_AGENT="Firefox на складе")
    sign_in(other, dealer.buyer)
    assert is_in(other)
    sign_in(client, dealer.buyer)
    assert "Firefox на складе" in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")
    assert is_in(client)
    assert not is_in(other)


def test_nobody_makes_an_account_by_themselves(client: Client) -> None:
    page = client.post("/accounts/signup/", {"email": "new@example.com", "password1": world.PASSWORD})
    assert page.status_code == 200
    assert not User.objects.filter(email="new@example.com").exists()


@pytest.mark.parametrize("path", ["email/", "password/set/", "confirm-email/", "login/code/confirm/"])
def test_pages_that_are_not_offered_open_for_nobody(client: Client, dealer: world.Partner, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code in (302, 404)
    world.sign_in(client, dealer.head)
    for method in (client.get, client.post):
        assert method(f"/accounts/{path}").status_code == 404


def test_a_form_without_its_token_is_refused(dealer: world.Partner) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, dealer.buyer).status_code == 403


def test_a_part_of_a_page_asked_after_the_session_ended_leads_to_sign_in(client: Client) -> None:
    answer = client.get("/buy/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/accounts/login/")
