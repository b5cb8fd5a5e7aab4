"""Mail about money: statement and reminders, once each, not in quiet hours, ended by a link."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from python_calamine import CalamineWorkbook
from tests import world

from zveno.base import clock
from zveno.base.scope import Section, entered, system_scope
from zveno.finance.actions.claim_money_mail import Claim, claim_money_mail
from zveno.finance.actions.set_money_mail import set_money_mail
from zveno.finance.errors import MailChoiceWrong
from zveno.finance.jobs import consider_mail, send_mail_about_money
from zveno.finance.mailing import off_secret
from zveno.finance.models import MoneyMail, SentReminder
from zveno.finance.queries.money_mail import money_mail_of
from zveno.finance.rules.reminding import MailChoice
from zveno.partners.queries.actors import find_actor
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 4, 17, 9, 0, tzinfo=UTC)  # noon in Moscow


class Reader:
    """An accountant of a dealer who wants mail."""

    def __init__(self, **choice: Any) -> None:
        self.seller, self.dealer = world.seller("Свет"), world.dealer("Лампочка", entities=2)
        for entity in self.dealer.entities:
            world.terms(self.seller, entity)
        self.person = self.dealer.people[Role.ACCOUNTANT]
        self.choose(**choice)

    def choose(self, **choice: Any) -> None:
        with transaction.atomic():
            actor = find_actor(user=self.person, section=Section.BUYING, chosen={})
            assert actor is not None
            with entered(actor.scope):
                set_money_mail(user_id=self.person.pk, company_id=self.dealer.company.pk, choice=MailChoice(**choice))

    @property
    def mail_id(self) -> int:
        return MoneyMail.objects.unscoped("a test looks").get().pk

    def claim(self, now: datetime = FRIDAY) -> Claim:
        ids = [entity.pk for entity in self.dealer.entities]
        with transaction.atomic(), entered(system_scope()):
            return claim_money_mail(mail_id=self.mail_id, entity_ids=ids, time_zone="Europe/Moscow", now=now)

    def debt(self, due_in: int, amount: str = "100.00") -> Any:
        day = FRIDAY.date() + timedelta(days=due_in)
        return world.paper(self.seller, self.dealer.entity, amount=amount, issued_on=day, due_on=day)


def test_a_debt_is_reminded_of_before_and_after_its_day_once_each() -> None:
    reader = Reader()
    soon, late, far = reader.debt(2), reader.debt(-3), reader.debt(20)
    assert set(reader.claim().document_ids) == {soon.pk, late.pk}
    assert not reader.claim()
    assert reader.claim(FRIDAY + timedelta(days=3)).document_ids == (soon.pk,)
    assert reader.claim(FRIDAY + timedelta(days=5)).document_ids == (late.pk,)
    assert far.pk not in SentReminder.objects.unscoped("a test looks").values_list("document_id", flat=True)


def test_a_paid_debt_is_not_reminded_of() -> None:
    reader = Reader()
    reader.debt(-3)
    world.payment(reader.seller, reader.dealer.entity, "100.00")
    assert not reader.claim()


@pytest.mark.parametrize(
    ("case", "hours"), [("late in the evening", 9), ("at night", 14), ("early", 20), ("on Saturday", 24)]
)
def test_quiet_hours_and_week_ends_put_mail_off_and_lose_none(case: str, hours: int) -> None:
    reader = Reader()
    reader.debt(-3)
    assert not reader.claim(FRIDAY + timedelta(hours=hours))
    monday = FRIDAY + timedelta(days=3)
    assert len(reader.claim(monday).document_ids) == 1


def test_nothing_is_mailed_when_it_is_switched_off() -> None:
    reader = Reader(is_on=False, statement="weekly")
    reader.debt(-3)
    assert not reader.claim()


def test_the_statement_goes_once_a_week() -> None:
    reader = Reader(statement="weekly", reminds=False)
    assert reader.claim().has_statement
    assert not reader.claim(FRIDAY + timedelta(hours=1))
    assert reader.claim(FRIDAY + timedelta(days=3)).has_statement


def test_the_letter_names_the_debts_and_carries_the_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: FRIDAY)
    reader = Reader(statement="weekly")
    reader.debt(-3, "1234.50")
    consider_mail.func(mail_id=reader.mail_id)
    late = reader.debt(-3)
    send_mail_about_money.func(mail_id=reader.mail_id, document_ids=[late.pk], has_statement=True)
    [letter] = mail.outbox
    assert letter.subject == "Сроки оплаты: Лампочка"
    assert (
        f"Отгрузка {late.number} от 14.04.2026: 100,00\xa0₽, срок оплаты 14.04.2026, просрочка в днях: 3" in letter.body
    )
    assert "на конец 1\xa0334,50\xa0₽" in letter.body
    [attached] = letter.attachments
    rows = CalamineWorkbook.from_filelike(io.BytesIO(attached[1])).get_sheet_by_index(0).to_python()
    assert sorted(row[8] for row in rows[1:]) == [100.0, 1234.5]


def test_what_was_paid_meanwhile_sends_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: FRIDAY)
    reader = Reader()
    debt = reader.debt(-3)
    world.payment(reader.seller, reader.dealer.entity, "100.00")
    send_mail_about_money.func(mail_id=reader.mail_id, document_ids=[debt.pk], has_statement=False)
    assert mail.outbox == []


def test_a_person_bound_to_a_daughter_is_mailed_about_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: FRIDAY)
    reader = Reader(is_on=False)
    bound = world.member(reader.dealer.company, Role.ACCOUNTANT, bound_to=(reader.dealer.entities[1],)).user
    MoneyMail.objects.unscoped("a test looks").all().delete()
    reader.person = bound
    reader.choose()
    main = reader.debt(-3)
    own = world.paper(
        reader.seller, reader.dealer.entities[1], amount="7.00", issued_on=FRIDAY.date(), due_on=FRIDAY.date()
    )
    send_mail_about_money.func(mail_id=reader.mail_id, document_ids=[main.pk, own.pk], has_statement=False)
    [letter] = mail.outbox
    assert main.number not in letter.body
    assert own.number in letter.body


def test_the_link_in_the_letter_ends_the_mail_without_signing_in(client: Client) -> None:
    reader = Reader()
    secret = off_secret(user_id=reader.person.pk, company_id=reader.dealer.company.pk)
    assert client.get(f"/money/mail/off/{secret}").status_code == 200
    assert MoneyMail.objects.unscoped("a test looks").get().is_on
    client.post(f"/money/mail/off/{secret}x")
    assert MoneyMail.objects.unscoped("a test looks").get().is_on
    client.post(f"/money/mail/off/{secret}")
    assert not MoneyMail.objects.unscoped("a test looks").get().is_on


def test_the_choice_is_kept_from_the_page(client: Client) -> None:
    reader = Reader()
    world.sign_in(client, reader.person)
    form = {
        "is_on": "on", "statement": "monthly", "reminds": "on", "days_before": "5", "every_days_after": "0",
        "quiet_from": "18:30", "quiet_to": "08:00",
    }  # fmt: skip
    assert client.post("/money/mail/", form).status_code == 302
    with transaction.atomic():
        actor = find_actor(user=reader.person, section=Section.BUYING, chosen={})
        assert actor is not None
        with entered(actor.scope):
            kept = money_mail_of(user_id=reader.person.pk, company_id=reader.dealer.company.pk)
    assert kept == MailChoice(True, "monthly", True, 5, 0, time(18, 30), time(8), False)
    assert client.post("/money/mail/", {**form, "days_before": "90"}).status_code == 422


@pytest.mark.parametrize("wrong", [{"statement": "hourly"}, {"days_before": 31}, {"every_days_after": -1}])
def test_an_impossible_choice_is_refused(wrong: dict[str, Any]) -> None:
    reader = Reader()
    with pytest.raises(MailChoiceWrong):
        reader.choose(**wrong)
