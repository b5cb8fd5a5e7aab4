"""Strangers meet 404 on every address and change nothing; the database says so too when the first wall is off."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from tests.portal.sellout import sending
from tests.portal.sellout.sending import good_rows, sent, taken, xlsx

from zveno.base.scope import Scope, Section, entered
from zveno.partners.rules.roles import Role
from zveno.portal.sellout.access import TABLE
from zveno.sellout.models import CodeMapping, Layout, Question, Report, ReportLine

pytestmark = pytest.mark.django_db

_GETS = ("", "progress/", "file/", "lines.xlsx", "meaning/", "questions/")
_POSTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("again/", {"name": "x.xlsx"}),
    ("columns/", {"letters": "A", "field": ""}),
    ("settings/", {"returns": "all"}),
    ("sheet/", {"sheet": "Продажи"}),
    ("confirm/", {}),
    ("remap/", {}),
    ("questions/likely/", {"at_least": "0.6"}),
    ("accept/", {"how": "beside"}),
    ("withdraw/", {}),
)


@pytest.fixture
def chain() -> sending.Chain:
    return sending.chain()


def _state() -> tuple[Any, ...]:
    """Everything of sell-out that could change."""
    return tuple(
        list(model.objects.unscoped("a test looks").order_by("pk").values_list())
        for model in (Report, Question, CodeMapping, Layout, ReportLine)
    )


def test_a_stranger_meets_404_on_every_address_and_changes_nothing(client: Any, sign_in: Any, chain: Any) -> None:
    sign_in(chain.distributor.manager)
    mapped = sent(client, xlsx(good_rows()), "сначала.xlsx")
    asking = taken(client, xlsx(good_rows()[:3]), "вопросы.xlsx")
    question = Question.objects.unscoped("a test looks").get(report=asking)
    client.post(f"/sell-out/{asking.pk}/questions/{question.pk}/", {"answer": "foreign"})
    code = CodeMapping.objects.unscoped("a test looks").get()
    before = _state()

    sign_in(chain.stranger.manager)
    for report in (mapped, asking):
        for path in _GETS:
            assert client.get(f"/sell-out/{report.pk}/{path}").status_code == 404, path
        for path, form in _POSTS:
            assert client.post(f"/sell-out/{report.pk}/{path}", form).status_code == 404, path
    answer = client.post(f"/sell-out/{asking.pk}/questions/{question.pk}/", {"answer": "later"})
    assert answer.status_code == 404
    assert client.get(f"/sell-out/{asking.pk}/questions/products/?q=лампа").status_code == 404
    assert client.get(f"/sell-out/codes/{code.pk}/").status_code == 404
    for path in ("change/", "forget/", "recall/"):
        assert client.post(f"/sell-out/codes/{code.pk}/{path}", {"value": "foreign"}).status_code == 404
    assert _state() == before
    assert "сначала.xlsx" not in client.get(f"/sell-out/?same={mapped.pk}").content.decode()


def test_another_report_s_question_is_not_answered_through_one_s_own(client: Any, sign_in: Any, chain: Any) -> None:
    sign_in(chain.distributor.manager)
    theirs = taken(client, xlsx(good_rows()[:3]))
    question = Question.objects.unscoped("a test looks").get(report=theirs)
    sign_in(chain.stranger.manager)
    own = taken(client, xlsx(good_rows()[2:]), "своё.xlsx")
    assert client.post(f"/sell-out/{own.pk}/questions/{question.pk}/", {"answer": "foreign"}).status_code == 404
    question.refresh_from_db()
    assert question.answered_at is None


@pytest.mark.parametrize(
    ("who", "status"),
    [("dealer", 404), ("accountant", 403), ("nobody", 302)],
)
def test_whoever_has_no_right_does_not_get_in(client: Any, sign_in: Any, chain: Any, who: str, status: int) -> None:
    from tests import world

    if who == "dealer":
        sign_in(world.dealer().head)
    elif who == "accountant":
        sign_in(chain.distributor.people[Role.ACCOUNTANT])
    assert client.get("/sell-out/").status_code == status
    assert client.post("/sell-out/upload/").status_code == status


def test_the_second_wall_stands_when_the_first_is_off(client: Any, sign_in: Any, chain: Any) -> None:
    sign_in(chain.distributor.manager)
    report = taken(client, xlsx(good_rows()))
    scope = Scope(section=Section.SELLING, companies=(chain.stranger.company.pk,), sellers=(chain.stranger.company.pk,))
    with transaction.atomic(), entered(scope):
        for model in (Report, Question, CodeMapping, Layout, ReportLine):
            assert not model.objects.unscoped("the first wall is off").exists(), model
        assert Report.objects.unscoped("the first wall is off").filter(pk=report.pk).update(state="accepted") == 0


def test_every_address_of_the_area_is_tried_here() -> None:
    tried = {"again", "columns", "settings", "sheet", "confirm", "remap", "likely", "accept", "withdraw", "answer"}
    tried |= {"report", "progress", "file", "lines", "meaning", "questions", "products"}
    tried |= {"code", "code-change", "code-forget", "code-recall"}
    own_lists = {"reports", "export", "upload", "codes", "codes-export", "code-products"}
    assert {name.split(":")[1] for name in TABLE} == tried | own_lists
