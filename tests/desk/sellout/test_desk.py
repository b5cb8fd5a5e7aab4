"""The manufacturer's view of all distributors' reports."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.portal.sellout import sending
from tests.portal.sellout.sending import good_rows, sale, taken, text_of, words_of, xlsx

from zveno.base.clock import today_at
from zveno.sellout.rules.timeliness import months_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> sending.Chain:
    return sending.chain()


def _old_report(client: Any, chain: Any, sign_in: Any) -> Any:
    """A report of the distributor for a month half a year ago, accepted."""
    sign_in(chain.distributor.manager)
    month = months_before(today_at("Europe/Moscow"), 6)[0]
    rows = [sale(month.replace(day=day), "N-1", "AVR-A60-10", "Лампа Аврора A60 10Вт", 10, 150) for day in (2, 28)]
    report = taken(client, xlsx(rows))
    client.post(f"/sell-out/{report.pk}/accept/")
    return report


def test_the_manufacturer_sees_every_report_down_to_the_row(client: Any, sign_in: Any, chain: Any) -> None:
    report = _old_report(client, chain, sign_in)
    sign_in(chain.operator.admin)
    page = words_of(client.get("/desk/sellout/"))
    assert "Дистрибьютор «Север»" in page
    assert "март.xlsx" in page
    page = words_of(client.get(f"/desk/sellout/{report.pk}/"))
    assert "Продажи!2" in page
    assert "AVR-A60-10" in page
    assert "Принять отчёт" not in page


def test_late_distributors_stand_first_with_their_days(client: Any, sign_in: Any, chain: Any) -> None:
    _old_report(client, chain, sign_in)
    sign_in(chain.operator.admin)
    page = words_of(client.get("/desk/sellout/"))
    assert page.index("Дистрибьютор «Север»") < page.index("Дистрибьютор «Юг»")
    assert "1 опаздывает" in page


def test_the_list_is_narrowed_and_exported(client: Any, sign_in: Any, chain: Any) -> None:
    _old_report(client, chain, sign_in)
    sign_in(chain.operator.admin)
    assert "март.xlsx" not in text_of(client.get(f"/desk/sellout/?distributor={chain.stranger.company.pk}"))
    answer = client.get("/desk/sellout/reports.xlsx?state=accepted")
    from zveno.base.tabular.reading import read_workbook

    rows = list(read_workbook(b"".join(answer.streaming_content), "x.xlsx").sheets[0])
    assert [row.values[0] for row in rows[1:]] == ["Дистрибьютор «Север»"]


def test_reports_are_not_changed_from_the_desk_and_not_open_to_partners(client: Any, sign_in: Any, chain: Any) -> None:
    report = _old_report(client, chain, sign_in)
    for path in ("", f"{report.pk}/", f"{report.pk}/file/", f"{report.pk}/lines.xlsx", "reports.xlsx"):
        sign_in(chain.distributor.manager)
        assert client.get(f"/desk/sellout/{path}").status_code == 404, path
        sign_in(chain.operator.admin)
        assert client.get(f"/desk/sellout/{path}").status_code == 200, path
        assert client.post(f"/desk/sellout/{path}").status_code == 405, path


def test_the_page_takes_the_same_few_statements_however_many_distributors(
    client: Any, sign_in: Any, chain: Any
) -> None:
    _old_report(client, chain, sign_in)
    sign_in(chain.operator.admin)
    client.get("/desk/sellout/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/desk/sellout/").status_code == 200
        counts.append(len(caught))
        for _ in range(12):
            world.seller(distributor=True)
    assert counts[0] == counts[1]


def test_a_report_of_unknown_codes_shows_what_is_not_recognised(client: Any, sign_in: Any, chain: Any) -> None:
    sign_in(chain.distributor.manager)
    report = taken(client, xlsx([*good_rows(), sale(date(2026, 3, 9), "Z-9", "", "Чайник Заря", 1, 10)]))
    sign_in(chain.operator.admin)
    page = words_of(client.get(f"/desk/sellout/{report.pk}/?product=unknown"))
    assert "Чайник Заря" in page
    assert "Лампа Аврора" not in page
