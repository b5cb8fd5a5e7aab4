"""People and companies by their pages: from a stranger's request to a blocked employee, as each reader sees it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import world

from zveno.accounts.models import User
from zveno.base import clock, tasks
from zveno.base.models import AuditEntry
from zveno.base.scope import Section, entered, system_scope
from zveno.partners.actions.set_trade_terms import set_trade_terms
from zveno.partners.errors import TermsBeforeOpen
from zveno.partners.jobs import mail_decision, mail_invitation
from zveno.partners.models import Company, LegalEntity, Member, RegistrationRequest, TradeTerms
from zveno.partners.queries.actors import find_actor
from zveno.partners.rules.roles import Role
from zveno.pricing.models import Discount, KindAssignment

pytestmark = pytest.mark.django_db

REQUEST = {
    "company_name": "ООО «Новый свет»",
    "inn": "7707083893",
    "kpp": "773601001",
    "ogrn": "1027700132195",
    "legal_address": "Екатеринбург, ул. Мира, 3",
    "contact_name": "Глеб Уваров",
    "email": "gleb@example.com",
    "phone": "+7 343 000-00-00",
}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def run_mail() -> str:
    """Run the mail jobs that wait; the text of the last mail."""
    known = {"zveno.partners.mail_invitation": mail_invitation, "zveno.partners.mail_decision": mail_decision}
    for job in ProcrastinateJob.objects.filter(task_name__in=known, status="todo").order_by("id"):
        known[job.task_name](**job.args)
    return str(mail.outbox[-1].body)


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/invitation/\S+/)", text)
    assert found is not None
    return found.group(1)


def test_a_newcomer_asks_is_accepted_and_becomes_head(client: Client) -> None:
    operator = world.operator()
    assert client.post("/register/", REQUEST).headers["Location"] == "/register/sent/"
    again = client.post("/register/", REQUEST)
    assert again.status_code == 422
    assert "отправлять её снова не нужно" in again.content.decode()
    asked = RegistrationRequest.objects.get()

    desk = world.sign_in(Client(), operator.admin)
    assert "ООО «Новый свет»" in desk.get("/desk/partners/registrations/").content.decode()
    page = f"/desk/partners/registrations/{asked.pk}/"
    assert desk.post(page, {"accept": "1"}).status_code == 302
    assert desk.post(page, {"accept": "1"}).status_code == 422
    entity = LegalEntity.objects.unscoped("a test looks").get(inn="7707083893")
    assert entity.is_default

    accept = link_in(run_mail())
    assert "Глеб Уваров" in client.get(accept).content.decode()
    weak = client.post(accept, {"name": "Глеб Уваров", "password": "1234567890"})
    assert weak.status_code == 422
    assert not User.objects.filter(email="gleb@example.com").exists()
    assert client.post(accept, {"name": "Глеб Уваров", "password": world.PASSWORD}).status_code == 302
    assert client.get("/company/").status_code == 200
    assert client.get(accept).status_code == 410
    member = Member.objects.unscoped("a test looks").get(user__email="gleb@example.com")
    assert (member.role, member.company_id) == ("head", entity.company_id)


@pytest.mark.parametrize(
    ("case", "changes", "told"),
    [
        ("a slip in the INN", {"inn": "7707083894"}, "контрольная цифра не сходится"),
        ("no KPP", {"kpp": ""}, "есть КПП из 9 знаков"),
        ("no address", {"email": "gleb"}, "адрес"),
        ("no name", {"company_name": " "}, "Обязательное поле"),
    ],
)
def test_a_wrong_request_is_told_at_its_field(client: Client, case: str, changes: dict[str, str], told: str) -> None:
    page = client.post("/register/", {**REQUEST, **changes})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert RegistrationRequest.objects.count() == 0


def test_many_requests_from_one_network_are_slowed_down(client: Client) -> None:
    answers = [client.post("/register/", {**REQUEST, "inn": "1"}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


def test_a_known_inn_is_noticed_on_the_desk_and_a_refusal_is_mailed_with_its_reason(client: Client) -> None:
    operator, dealer = world.operator(), world.dealer()
    known = {**REQUEST, "inn": dealer.entity.inn, "kpp": dealer.entity.kpp, "ogrn": dealer.entity.ogrn}
    client.post("/register/", known)
    desk = world.sign_in(Client(), operator.admin)
    page = f"/desk/partners/registrations/{RegistrationRequest.objects.get().pk}/"
    assert dealer.company.name in desk.get(page).content.decode()
    assert "уже есть в компании" in desk.post(page, {"accept": "1"}).content.decode()
    assert desk.post(page, {"accept": "0", "reason": ""}).status_code == 422
    assert desk.post(page, {"accept": "0", "reason": "Кабинет уже есть"}).status_code == 302
    assert "Кабинет уже есть" in run_mail()


def test_a_head_invites_by_the_page_and_the_link_works_for_a_person_with_an_account(client: Client) -> None:
    dealer, known = world.dealer(), world.user(email="known@example.com")
    world.sign_in(client, dealer.head)
    assert client.post("/company/invite/", {"email": "known@example.com", "role": "operator_admin"}).status_code == 422
    assert client.post("/company/invite/", {"email": "known@example.com", "role": "buyer"}).status_code == 302
    assert "known@example.com" in client.get("/company/").content.decode()
    accept = link_in(run_mail())
    visitor = Client()
    assert "/accounts/login/?next=" in visitor.get(accept).content.decode()
    world.sign_in(visitor, dealer.viewer)
    assert "Выйдите" in visitor.get(accept).content.decode()
    world.sign_in(visitor, known)
    assert visitor.post(accept).status_code == 302
    assert visitor.get("/company/").status_code == 200


def test_a_head_blocks_an_employee_whose_session_ends_and_history_tells_it(client: Client) -> None:
    dealer = world.dealer()
    employee = Client()
    employee.post("/accounts/login/", {"login": dealer.buyer.email, "password": world.PASSWORD})
    assert employee.get("/company/").status_code == 200
    world.sign_in(client, dealer.head)
    page = f"/company/members/{dealer.member(Role.BUYER).pk}/"
    assert client.post(page + "block", {"blocked": "1"}).status_code == 302
    assert employee.get("/company/").status_code == 302
    assert "заблокирован" in client.get(page).content.decode()
    history = client.get("/company/history/").content.decode()
    assert f"Заблокирован сотрудник: {dealer.buyer.name}." in history
    book = b"".join(client.get("/company/history.xlsx").streaming_content)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert dealer.buyer.name in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_buyer_sees_colleagues_but_manages_nobody(client: Client) -> None:
    dealer = world.dealer()
    world.sign_in(client, dealer.buyer)
    assert client.get("/company/").status_code == 200
    assert client.get("/company/invite/").status_code == 403
    member = dealer.member(Role.VIEWER)
    assert client.post(f"/company/members/{member.pk}/change", {"role": "head"}).status_code == 403
    member.refresh_from_db()
    assert member.role == "viewer"


def test_a_company_asks_for_an_entity_and_the_operator_adds_it(client: Client) -> None:
    operator, dealer = world.operator(), world.dealer()
    world.sign_in(client, dealer.head)
    told = {key: REQUEST[key] for key in ("inn", "kpp", "ogrn", "legal_address")}
    assert client.post("/company/entities/request/", {**told, "name": "ООО «Второе»"}).status_code == 302
    assert "ООО «Второе»" in client.get("/company/entities/").content.decode()
    desk = world.sign_in(Client(), operator.admin)
    desk.post(f"/desk/partners/registrations/{RegistrationRequest.objects.get().pk}/", {"accept": "1"})
    assert LegalEntity.objects.unscoped("a test looks").filter(company=dealer.company).count() == 2
    assert "юрлицо теперь есть" in run_mail()


def test_terms_are_set_on_the_desk_and_keep_their_history(client: Client) -> None:
    operator, seller, dealer = world.operator(), world.seller(), world.dealer()
    kind = world.price_kind(seller, "Опт")
    world.sign_in(client, operator.admin)
    page = f"/desk/partners/entities/{dealer.entity.pk}/terms/?seller={seller.company.pk}"
    told: dict[str, Any] = {"price_kind_id": kind.pk, "discount_percent": "7.5", "payment_delay_days": "14"}
    manager = seller.member(Role.SELLER_MANAGER)
    assert client.post(page, {**told, "valid_from": "2026-01-01", "manager_id": manager.pk}).status_code == 302
    assert client.post(page, {**told, "valid_from": "2026-03-01", "discount_percent": "9"}).status_code == 302
    assert client.post(page, {**told, "valid_from": "2026-02-01"}).status_code == 422
    assert client.post(page, {**told, "valid_from": "2026-04-01", "discount_percent": "100"}).status_code == 422
    periods = TradeTerms.objects.unscoped("a test looks").order_by("valid_from")
    assert [(t.valid_from, t.valid_to) for t in periods] == [
        (date(2026, 1, 1), date(2026, 3, 1)),
        (date(2026, 3, 1), None),
    ]
    discounts = list(Discount.objects.unscoped("a test looks").order_by("id"))
    assert [(str(d.percent), d.valid_to is None) for d in discounts] == [("7.50", False), ("9.00", True)]
    assert discounts[0].valid_to == discounts[1].valid_from
    (column,) = KindAssignment.objects.unscoped("a test looks")
    assert (column.price_kind_id, column.rank, column.valid_to) == (kind.pk, 1, None)
    shown = client.get(f"/desk/partners/entities/{dealer.entity.pk}/").content.decode()
    assert "Опт" in shown
    assert "Задал скидки (ООО «Салон" in shown and "Скидка по договору −9 %" in shown
    world.sign_in(client, dealer.head)
    assert "Опт" in client.get(f"/company/entities/{dealer.entity.pk}/").content.decode()


def test_a_second_setting_for_the_same_day_replaces_and_an_earlier_one_is_refused() -> None:
    seller, dealer = world.seller(), world.dealer()
    with entered(system_scope()):
        pair = {"seller_id": seller.company.pk, "buyer_entity_id": dealer.entity.pk, "now": world.NOW}
        set_trade_terms(valid_from=date(2026, 1, 1), payment_delay_days=10, **pair)
        set_trade_terms(valid_from=date(2026, 1, 1), payment_delay_days=20, **pair)
        with pytest.raises(TermsBeforeOpen):
            set_trade_terms(valid_from=date(2025, 1, 1), **pair)
    assert TradeTerms.objects.unscoped("a test looks").get().payment_delay_days == 20


def test_a_person_switches_between_companies_and_entities_of_their_own_only(client: Client) -> None:
    one, two, stranger = world.dealer("Первый", entities=2), world.dealer("Второй"), world.dealer()
    world.member(two.company, Role.BUYER, person=one.buyer)
    world.sign_in(client, one.buyer)
    client.post("/profile/switch", {"party": f"{two.company.pk}-{two.entity.pk}", "next": "/company/entities/7/"})
    assert two.entity.name in client.get("/company/entities/").content.decode()
    answer = client.post("/profile/switch", {"party": f"{one.company.pk}", "next": "/company/entities/7/"})
    assert answer.headers["Location"] == "/company/entities/"
    for party in (f"{stranger.company.pk}", f"{one.company.pk}-{two.entity.pk}", "", "x-y", "-1"):
        assert client.post("/profile/switch", {"party": party}).status_code == 404
    outside = client.post("/profile/switch", {"party": f"{one.company.pk}", "next": "https://evil.example/"})
    assert outside.headers["Location"] == "/"


def test_a_manager_acts_for_a_client_visibly_and_stops_by_a_click(client: Client) -> None:
    seller, dealer, stranger = world.seller(), world.dealer("Люстра-Юг"), world.dealer()
    world.terms(seller, dealer.entity, price_kind=world.price_kind(seller))
    world.sign_in(client, seller.manager)
    assert client.get("/buy/orders/").status_code == 404
    assert client.post(f"/profile/clients/{stranger.entity.pk}/act").status_code == 404
    assert client.post(f"/profile/clients/{dealer.entity.pk}/act").status_code == 302
    page = client.get("/buy/orders/").content.decode()
    assert f"Вы действуете за клиента {dealer.entity.name}" in page
    assert client.get("/company/keys/").status_code == 403
    entry = AuditEntry.objects.unscoped("a test looks").get(action="acting_began")
    assert (entry.actor_id, entry.company_id) == (seller.manager.pk, dealer.company.pk)
    client.post("/profile/stop-acting")
    assert client.get("/buy/orders/").status_code == 404


def test_the_profile_is_kept_and_speaks_at_once(client: Client) -> None:
    dealer = world.dealer()
    world.sign_in(client, dealer.buyer)
    told = {"name": "Олег Г.", "phone": "", "language": "en", "time_zone": "Asia/Vladivostok", "theme": "dark"}
    assert client.post("/profile/", {**told, "time_zone": "Mars/Base"}).status_code == 422
    assert client.post("/profile/", told).status_code == 302
    page = client.get("/profile/").content.decode()
    assert "Where you work" in page
    dealer.buyer.refresh_from_db()
    kept = (dealer.buyer.name, dealer.buyer.language, dealer.buyer.time_zone, dealer.buyer.theme)
    assert kept == ("Олег Г.", "en", "Asia/Vladivostok", "dark")


def test_a_task_is_followed_by_who_began_it_and_by_nobody_else(client: Client) -> None:
    dealer = world.dealer()
    actor = find_actor(user=dealer.buyer, section=Section.BUYING, chosen={})
    assert actor is not None
    with entered(actor.scope):
        task = tasks.begin(kind="import", now=clock.now(), company_id=dealer.company.pk, total=10)
    tasks.advance(task.pk, done=4)
    path = f"/profile/tasks/{task.pk}"
    world.sign_in(client, dealer.buyer)
    assert 'hx-trigger="every 1s"' in client.get(path).content.decode()
    tasks.finish(task.pk, now=clock.now(), result={"url": "/buy/orders/", "text": "10 строк"})
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "10 строк" in part
    assert 'href="/buy/orders/"' in part
    assert "hx-trigger" not in part
    world.sign_in(client, dealer.viewer)
    assert client.get(path).status_code == 404


def test_the_desk_finds_companies_and_blocks_one(client: Client) -> None:
    operator, dealer, other = world.operator(), world.dealer("Электроцентр Урал"), world.dealer("Ламподом")
    world.sign_in(client, operator.admin)
    for query in ("q=урал", f"q={dealer.entity.inn}", f"q={dealer.company.code}"):
        page = client.get(f"/desk/partners/?{query}").content.decode()
        assert "Электроцентр Урал" in page
        assert other.company.name not in page
    employee = Client()
    employee.post("/accounts/login/", {"login": dealer.head.email, "password": world.PASSWORD})
    assert employee.get("/company/").status_code == 200
    assert client.post(f"/desk/partners/{dealer.company.pk}/block", {"blocked": "1"}).status_code == 302
    assert employee.get("/company/").status_code == 302
    assert client.post(f"/desk/partners/{operator.company.pk}/block", {"blocked": "1"}).status_code == 409
    assert client.get("/desk/partners/companies.xlsx").status_code == 200
    world.sign_in(client, operator.people[Role.CHANNEL_MANAGER])
    assert client.get(f"/desk/partners/{dealer.company.pk}/").status_code == 200
    assert client.post(f"/desk/partners/{dealer.company.pk}/block", {"blocked": "0"}).status_code == 403
    assert Company.objects.unscoped("a test looks").get(pk=dealer.company.pk).blocked_at is not None


def test_the_desk_makes_a_company_an_entity_and_a_head(client: Client) -> None:
    operator = world.operator()
    world.sign_in(client, operator.admin)
    made = client.post("/desk/partners/new/", {"name": "ООО «Вега»", "is_buyer": "on", "time_zone": "Europe/Moscow"})
    company = Company.objects.unscoped("a test looks").get(name="ООО «Вега»")
    assert made.headers["Location"] == f"/desk/partners/{company.pk}/"
    assert company.code == "VEGA"
    codes = {"inn": "7707083893", "kpp": "773601001", "ogrn": "1027700132195"}
    assert client.post(f"/desk/partners/{company.pk}/entities/new/", {"name": "ООО «Вега»", **codes}).status_code == 302
    double = client.post(f"/desk/partners/{company.pk}/entities/new/", {"name": "ещё раз", **codes})
    assert double.status_code == 422
    assert "уже есть в компании «ООО «Вега»»" in double.content.decode()
    assert client.post(f"/desk/partners/{company.pk}/head/", {"email": "vega@example.com"}).status_code == 302
    assert link_in(run_mail())
