"""Settlements as accounting systems tell them: by the API, by CommerceML, along with orders."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests import deals, world
from tests.deals import Deal
from tests.exchange.conftest import connect

from zveno.accounts.actions.make_api_key import make_api_key
from zveno.accounts.models import User
from zveno.base import clock
from zveno.finance.models import LedgerDocument
from zveno.finance.rules.documents import Kind
from zveno.partners.models import TradeTerms
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture(autouse=True)
def file_store(settings: Any, tmp_path: Path) -> None:
    settings.FILE_STORE = str(tmp_path / "store")


@pytest.fixture
def deal() -> Deal:
    """A deal with contract 77/26 and thirty days to pay."""
    made = deals.deal()
    TradeTerms.objects.unscoped("a test agrees").update(contract_number="77/26", payment_delay_days=30)
    return made


class Program:
    """A program with a key of a person."""

    def __init__(self, company_id: int, person: User, section: str) -> None:
        with deals.as_system():
            made = make_api_key(
                company_id=company_id,
                user_id=person.pk,
                name="Учёт",
                section=section,
                entity_id=None,
                now=clock.now() - timedelta(days=1),
            )
        self.headers = {"Authorization": f"Bearer {made.secret}"}

    def get(self, path: str) -> Any:
        return json.loads(Client().get(f"/api/v1{path}", headers=self.headers).content)

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        answer = Client().post(
            f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=self.headers
        )
        return answer.status_code, json.loads(answer.content)


def erp(deal: Deal) -> Program:
    return Program(deal.seller_id, deal.seller.manager, "selling")


def ledger(deal: Deal) -> dict[str, LedgerDocument]:
    rows = LedgerDocument.objects.unscoped("a test looks").filter(seller_id=deal.seller_id).select_related("account")
    return {row.external_id: row for row in rows}


def shipment(deal: Deal, **more: Any) -> dict[str, Any]:
    return {
        "external_id": "rtu-1",
        "kind": "shipment",
        "buyer": {"inn": deal.dealer.entity.inn, "kpp": deal.dealer.entity.kpp},
        "number": "РТУ-1",
        "issued_on": "2026-04-01",
        "amount": "1000.00",
        **more,
    }


def test_a_document_told_by_the_api_takes_contract_and_due_day_from_the_terms(deal: Deal) -> None:
    program = erp(deal)
    payment = shipment(deal, external_id="pp-1", kind="payment", number="ПП-1", amount="400.00", issued_on="2026-04-09")
    payment["settles"] = [{"external_id": "rtu-1"}]
    status, told = program.post("/erp/settlements", {"documents": [shipment(deal), payment]})
    assert (status, told) == (200, {"created": 2, "changed": 0, "unchanged": 0, "refused": []})
    row = ledger(deal)["rtu-1"]
    assert (row.account.contract, row.due_on, row.rest) == ("77/26", date(2026, 5, 1), D(600))
    _, again = program.post("/erp/settlements", {"documents": [payment, shipment(deal)]})
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 2)


def test_what_cannot_be_taken_is_refused_alone_with_the_reason(deal: Deal) -> None:
    documents = [shipment(deal), shipment(deal, external_id="rtu-2", buyer={"inn": "7707083893", "name": "Чужие"})]
    _, told = erp(deal).post("/erp/settlements", {"documents": documents})
    assert told["created"] == 1
    assert [(one["external_id"], one["code"]) for one in told["refused"]] == [("rtu-2", "settlement_buyer_unknown")]
    assert "Чужие" in told["refused"][0]["message"]
    assert set(ledger(deal)) == {"rtu-1"}


def test_a_misspelt_field_is_refused_and_nothing_is_kept(deal: Deal) -> None:
    status, _ = erp(deal).post("/erp/settlements", {"documents": [shipment(deal, amout="1")]})
    assert status == 422
    assert ledger(deal) == {}


def test_a_stated_balance_that_differs_is_asked_for_until_the_document_comes(deal: Deal) -> None:
    program = erp(deal)
    buyer = {"entity_id": deal.dealer.entity.pk}
    counted = [
        {"external_id": "rtu-1", "number": "РТУ-1", "issued_on": "2026-04-01", "change": "1000.00"},
        {"external_id": "rtu-2", "number": "РТУ-2", "issued_on": "2026-04-02", "change": "55.50"},
    ]
    balance = {"buyer": buyer, "as_of": "2026-04-30", "balance": "1055.50", "documents": counted}
    _, told = program.post("/erp/settlements", {"documents": [shipment(deal)], "balances": [balance]})
    assert (told["created"], told["refused"]) == (2, [])
    [found] = program.get("/erp/settlements/differences")["items"]
    assert (found["here"], found["stated"], found["difference"]) == ("1000.00", "1055.50", "-55.50")
    assert [(part["cause"], part["external_id"]) for part in found["parts"]] == [("missing_here", "rtu-2")]
    missing = shipment(deal, external_id="rtu-2", number="РТУ-2", issued_on="2026-04-02", amount="55.50")
    program.post("/erp/settlements", {"documents": [missing]})
    assert program.get("/erp/settlements/differences")["items"] == []


def test_a_buyers_program_reads_balances_documents_and_receivables(deal: Deal) -> None:
    world.paper(deal.seller, deal.dealer.entity, amount="100.00", due_on=date(2025, 1, 1), number="РТУ-9")
    world.payment(deal.seller, deal.dealer.entity, "30.00")
    program = Program(deal.dealer.company.pk, deal.dealer.people[Role.ACCOUNTANT], "buying")
    [balance] = program.get("/money/balances")["items"]
    assert (balance["shipped"], balance["paid"], balance["closing"]) == ("100.00", "-30.00", "70.00")
    listed = program.get("/money/documents?per_page=1")
    assert (len(listed["items"]), listed["next"]) == (1, 2)
    [open_] = program.get("/money/documents?only_open=true")["items"]
    assert (open_["number"], open_["rest"]) == ("РТУ-9", "70.00")
    [aged] = program.get("/money/receivables")["items"]
    assert (aged["over_90"], aged["overdue"], aged["balance"]) == ("70.00", "70.00", "70.00")


def test_a_program_of_who_may_not_see_money_reads_none(deal: Deal) -> None:
    program = Program(deal.dealer.company.pk, deal.dealer.buyer, "buying")
    assert program.get("/money/balances")["code"] == "key_lacks_right"


# Along with orders, and as files


def test_shipments_and_payments_of_an_order_enter_the_ledger_and_a_void_one_leaves_it(deal: Deal) -> None:
    program = erp(deal)
    product = deal.product(9)
    order = deal.place((product, 5))
    line = {"product_id": product.pk, "quantity": "5", "price": "100.00", "total": "500.00"}
    sent = {"number": "РТУ-7", "shipped_at": "2026-04-12T10:00:00+03:00", "lines": [line]}
    paid = {"number": "ПП-7", "paid_on": "2026-04-13", "amount": "200.00"}

    def tell(news: Any) -> None:
        answer = Client().patch(
            f"/api/v1/erp/orders/{order.pk}",
            json.dumps(news),
            content_type="application/json",
            headers=program.headers,
        )
        assert answer.status_code == 200, answer.content

    tell({"shipments": [sent], "payments": [paid]})
    rows = {row.number: row for row in LedgerDocument.objects.unscoped("a test looks").all()}
    assert (rows["РТУ-7"].rest, rows["РТУ-7"].due_on, rows["РТУ-7"].order_id) == (D(300), date(2026, 5, 12), order.pk)
    assert rows["ПП-7"].rest == 0
    tell({"shipments": [sent], "payments": [paid]})
    assert LedgerDocument.objects.unscoped("a test looks").count() == 2
    tell({"shipments": [{**sent, "is_void": True}]})
    rows = {row.number: row for row in LedgerDocument.objects.unscoped("a test looks").all()}
    assert (rows["РТУ-7"].is_void, rows["ПП-7"].rest) == (True, D(-200))


FILE = """<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.10" ДатаФормирования="2026-04-20">
 <Документ><Ид>opl-1</Ид><Номер>15</Номер><Дата>2026-04-10</Дата><ХозОперация>Выплата безналичных денег</ХозОперация>
  <Валюта>RUB</Валюта><Сумма>700.00</Сумма>{parties}
  <ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Проведен</Наименование><Значение>true</Значение></ЗначениеРеквизита>
  </ЗначенияРеквизитов></Документ>
 <Документ><Ид>voz-1</Ид><Номер>3</Номер><Дата>2026-04-11</Дата><ХозОперация>Возврат товара</ХозОперация>
  <Валюта>RUB</Валюта><Сумма>50.00</Сумма>{parties}
  <ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Договор</Наименование><Значение>99/26</Значение></ЗначениеРеквизита>
  </ЗначенияРеквизитов></Документ>
</КоммерческаяИнформация>
"""


def test_papers_of_1c_without_an_order_enter_the_ledger(deal: Deal, tmp_path: Path) -> None:
    link = connect(deal.seller)
    entity = deal.dealer.entity
    parties = (
        f"<Контрагенты><Контрагент><Ид>k-1</Ид><Наименование>{entity.name}</Наименование><Роль>Покупатель</Роль>"
        f"<ИНН>{entity.inn}</ИНН><КПП>{entity.kpp}</КПП></Контрагент></Контрагенты>"
    )
    path = tmp_path / "documents.xml"
    path.write_text(FILE.format(parties=parties), encoding="utf-8")
    [done] = link.feed(path)
    assert (done.state, done.counts["settlement"]["created"], done.refusals) == ("applied", 2, {})
    rows = ledger(deal)
    assert (rows["opl-1"].kind, rows["opl-1"].change, rows["opl-1"].account.contract) == ("payment", D(-700), "77/26")
    assert (rows["voz-1"].kind, rows["voz-1"].change, rows["voz-1"].account.contract) == ("return", D(-50), "99/26")
    [again] = link.feed(path)
    assert again.counts["settlement"]["unchanged"] == 2
    path.write_text(FILE.format(parties=parties.replace(entity.inn, "7707083893").replace("k-1", "k-2")))
    [strange] = link.feed(path)
    assert strange.refusals == {"settlement_buyer_unknown": 2}


# Pages


def test_every_page_of_money_opens_and_tells_the_same_sums(deal: Deal, client: Client) -> None:
    world.terms(deal.seller, world.entity(deal.dealer.company, main=deal.dealer.entity), credit_limit=D(5000))
    today = clock.today_at("Europe/Moscow")
    late = world.paper(
        deal.seller, deal.dealer.entity, amount="1234.50", issued_on=today - timedelta(days=50),
        due_on=today - timedelta(days=40), number="РТУ-5",
    )  # fmt: skip
    world.paper(deal.seller, deal.dealer.entity, Kind.RETURN, "34.50", issued_on=today - timedelta(days=45))
    world.sign_in(client, deal.dealer.head)
    pages = {path: client.get(f"/money/{path}") for path in ("", "documents/", "receivables/", "calendar/", "mail/")}
    assert {page.status_code for page in pages.values()} == {200}
    assert "1\xa0200,00\xa0₽" in pages[""].content.decode()
    assert "просрочен на 40 дней" in pages["receivables/"].content.decode()
    one = client.get(f"/money/documents/{late.pk}/").content.decode()
    assert "сначала самый ранний долг" in one
    assert "РТУ-5" in client.get("/money/documents/?q=1234,5").content.decode()
    assert "РТУ-5" not in client.get("/money/documents/?q=1234,6").content.decode()
    assert "РТУ-5" not in client.get("/money/receivables/?age=days_30").content.decode()
    for path in ("settlements.xlsx", "documents.xlsx", "receivables.xlsx"):
        assert b"".join(client.get(f"/money/{path}").streaming_content)[:2] == b"PK"


def test_the_sellers_pages_of_money_open_and_a_limit_is_set_there(deal: Deal, client: Client) -> None:
    world.paper(deal.seller, deal.dealer.entity, amount="1234.50")
    world.sign_in(client, deal.seller.manager)
    entity = deal.dealer.entity.pk
    paths = [
        "",
        f"clients/{entity}/",
        "settlements/",
        "documents/",
        "receivables/",
        "calendar/",
        "differences/",
        "credit/",
    ]
    assert {path: client.get(f"/sell/money/{path}").status_code for path in paths} == dict.fromkeys(paths, 200)
    form = {"whose": "entity", "amount": "5 000,50", "reason": "Проверен"}
    assert client.post(f"/sell/money/clients/{entity}/limit", form).status_code == 302
    page = client.get(f"/sell/money/clients/{entity}/").content.decode()
    assert "5\xa0000,50\xa0₽" in page
    assert "Проверен" in page
    assert client.post(f"/sell/money/clients/{entity}/limit", {**form, "reason": ""}).status_code == 422
    policy = {"over_limit": "approve", "when_overdue": "block", "grace_days": "5"}
    assert client.post("/sell/money/credit/policy", policy).status_code == 302
    assert deal.seller.manager.name in client.get("/sell/money/credit/").content.decode()


def test_an_accountant_of_the_seller_sees_credit_and_changes_none(deal: Deal, client: Client) -> None:
    world.sign_in(client, deal.seller.people[Role.ACCOUNTANT])
    assert client.get("/sell/money/credit/").status_code == 200
    assert client.post("/sell/money/credit/policy", {"over_limit": "block"}).status_code == 403


def test_a_buyer_without_the_right_finds_no_money(deal: Deal, client: Client) -> None:
    world.sign_in(client, deal.dealer.buyer)
    assert client.get("/money/").status_code == 403
