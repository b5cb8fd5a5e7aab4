"""The chain page: its figures, what opens from them, what leaves as a workbook, and who is let in."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.insight.channel import Channel, channel, report, ship
from tests.portal.sellout.sending import text_of, words_of

from zveno.base.clock import now, today_at
from zveno.base.scope import entered, system_scope
from zveno.partners.rules.roles import Role
from zveno.sellout.actions.accept_report import accept_report

pytestmark = pytest.mark.django_db

YESTERDAY = today_at("Europe/Moscow") - timedelta(days=1)
MONTH = YESTERDAY.replace(day=1)


@pytest.fixture
def chain() -> Channel:
    """A distributor that bought fifty lamps and sold on twelve, eight of them by its report."""
    made = channel()
    ship(made.house, made.distributor.entity, made.lamp, 50, YESTERDAY)
    ship(made.house, made.dealer.entity, made.lamp, 5, YESTERDAY)
    told: list[dict[str, object]] = [
        {"product": made.lamp, "quantity": 8, "total": 1200, "sold_on": YESTERDAY, "customer": "ООО «Луч»"}
    ]
    sent = report(made.distributor, told, starts_on=MONTH, ends_on=YESTERDAY + timedelta(days=1))
    with entered(system_scope()):
        accept_report(report_id=sent.pk, now=now())
    return made


def sheet(answer: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def test_both_steps_stand_side_by_side(client: Any, sign_in: Any, chain: Channel) -> None:
    sign_in(chain.operator.admin)
    page = words_of(client.get("/desk/chain/"))
    assert "Дистрибьютор «Север»" in page
    assert "5 000 ₽" in page.replace("\xa0", " ")
    assert "1 200 ₽" in page.replace("\xa0", " ")
    assert "застряло" in page


def test_one_step_shows_its_months_and_direct_clients(client: Any, sign_in: Any, chain: Channel) -> None:
    sign_in(chain.operator.admin)
    page = words_of(client.get("/desk/chain/?step=primary&months=3")).replace("\xa0", " ")
    assert f"{MONTH:%m.%Y}" in page
    assert "Прямые клиенты" in page
    assert "5 500 ₽" in page


def test_every_cell_opens_what_it_is_made_of(client: Any, sign_in: Any, chain: Channel) -> None:
    sign_in(chain.operator.admin)
    for step, told in (("primary", "отгрузка РТУ-1"), ("secondary", "лист «Продажи», строка 2")):
        page = text_of(client.get(f"/desk/chain/?step={step}&cut=group"))
        addresses = {found.replace("&amp;", "&") for found in re.findall(r'href="(/desk/chain/lines/[^"]+)"', page)}
        assert any("month=" in address for address in addresses)
        for address in addresses:
            assert told in words_of(client.get(address)), address


def test_what_a_figure_opens_into_adds_up_to_it(client: Any, sign_in: Any, chain: Channel) -> None:
    sign_in(chain.operator.admin)
    address = f"/desk/chain/lines.xlsx?step=primary&distributor={chain.distributor.company.pk}&month={MONTH:%Y-%m}"
    rows = list(sheet(client.get(address)).iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[2], row[3]) for row in rows] == [(5000, 50, "Дистрибьютор «Север»")]


def test_the_table_leaves_as_a_workbook_that_says_the_same(client: Any, sign_in: Any, chain: Channel) -> None:
    sign_in(chain.operator.admin)
    both = sheet(client.get("/desk/chain/chain.xlsx"))
    assert [cell.value for cell in both[2]][:6] == ["Дистрибьютор «Север»", 5000, None, 1200, None, 0.16]
    months = sheet(client.get("/desk/chain/chain.xlsx?step=secondary&months=1&unit=quantity"))
    assert [cell.value for cell in months[2]][:2] == ["Дистрибьютор «Север»", 8]
    assert [cell.value for cell in months[3]][:2] == ["Всего", 8]


@pytest.mark.parametrize(
    "query",
    [
        "step=x&cut=y&unit=z&months=7&distributor=abc&group=-5&region=999999999999999&currency=XXX",
        "months=24&cut=region&region=-1&group=-1",
        "month=2026-99&page=-1&sort=name",
        "month=0001-01&page=999999",
        "distributor=0",
    ],
)
def test_nonsense_in_the_address_falls_back_to_the_usual(client: Any, sign_in: Any, chain: Channel, query: str) -> None:
    sign_in(chain.operator.admin)
    for page in ("", "lines/", "chain.xlsx", "lines.xlsx"):
        assert client.get(f"/desk/chain/{page}?{query}").status_code == 200, (page, query)


def test_an_empty_chain_says_what_would_be_here(client: Any, sign_in: Any) -> None:
    made = channel()
    sign_in(made.operator.admin)
    assert "Продаж пока нет" in words_of(client.get("/desk/chain/"))
    assert "не подходит ни одна" in words_of(client.get("/desk/chain/lines/"))


def test_too_many_lines_are_to_be_narrowed_first(
    client: Any, sign_in: Any, chain: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zveno.desk.chain.views.MOST_EXPORTED", 1)
    sign_in(chain.operator.admin)
    assert "сузьте отбор" in words_of(client.get("/desk/chain/lines/?step=primary"))
    assert "сузьте отбор" in words_of(client.get("/desk/chain/lines.xlsx?step=primary"))


def test_partners_do_not_see_the_chain(client: Any, sign_in: Any, chain: Channel) -> None:
    for person in (chain.dealer.head, chain.distributor.head, chain.house.manager):
        sign_in(person)
        for page in ("", "lines/", "chain.xlsx", "lines.xlsx"):
            assert client.get(f"/desk/chain/{page}").status_code == 404


def test_the_accountant_reads_where_a_line_stands_without_a_way_to_the_report(
    client: Any, sign_in: Any, chain: Channel
) -> None:
    for person, opens in ((chain.operator.admin, True), (chain.operator.people[Role.OPERATOR_ACCOUNTANT], False)):
        sign_in(person)
        page = text_of(client.get("/desk/chain/lines/"))
        assert "октябрь.xlsx" in page
        assert ('href="/desk/sellout/' in page.split("<tbody>")[1]) is opens


def test_the_page_asks_little_of_the_database(client: Any, sign_in: Any, chain: Channel) -> None:
    sign_in(chain.operator.admin)
    client.get("/desk/chain/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/desk/chain/?cut=region")
    own = [query["sql"] for query in asked if "orders_shipment" in query["sql"] or "catalog_category" in query["sql"]]
    assert len(own) <= 5
