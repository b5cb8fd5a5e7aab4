"""The operator's exchange pages: everybody's connections, to read."""

from __future__ import annotations

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.portal.exchange import hub as ground

from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db


def test_board_shows_all_sellers_and_filters(client: Client) -> None:
    hub, operator = ground.hub(), world.operator()
    ground.file(ground.session(hub.made.id), state="refused", error={"code": "file_empty", "params": {}, "place": ""})
    client = ground.enter(client, operator.admin)
    page = client.get("/desk/exchange/")
    told = ground.text(page)
    assert "Торговый дом «Светлый»" in told and "Торговый дом «Чужой»" in told
    assert page.context["rows"][0].row.connection.pk == hub.made.id
    assert len(client.get("/desk/exchange/?needing=1").context["rows"]) == 1
    assert len(client.get(f"/desk/exchange/?seller={hub.stranger.company.pk}").context["rows"]) == 1
    assert len(client.get("/desk/exchange/?q=чужая").context["rows"]) == 1
    assert client.get("/desk/exchange/board.xlsx").getvalue()[:2] == b"PK"


def test_journal_is_read_down_to_the_file_without_buttons(client: Client) -> None:
    hub, operator = ground.hub(), world.operator()
    session = ground.session(hub.made.id)
    file = ground.file(session, "offers.xml", data=b"<x/>", counts=ground.counted(price=(0, 1, 0, 1)))
    ground.refusal(file, "product_unknown", place="offers.xml:7")
    client = ground.enter(client, operator.people[Role.CHANNEL_MANAGER])
    assert "offers.xml" in ground.text(client.get(f"/desk/exchange/journal/{session.pk}/"))
    page = client.get(f"/desk/exchange/files/{file.pk}/")
    assert "offers.xml:7" in ground.text(page)
    assert "replay" not in page.content.decode()
    assert b"".join(client.get(f"/desk/exchange/files/{file.pk}/download/").streaming_content) == b"<x/>"
    assert len(client.get(f"/desk/exchange/journal/?seller={hub.seller.company.pk}&errors=1").context["rows"]) == 1
    assert not client.get(f"/desk/exchange/journal/?seller={hub.stranger.company.pk}").context["rows"]
    assert client.get("/desk/exchange/journal.xlsx").getvalue()[:2] == b"PK"
    assert client.get("/desk/exchange/files/999999/").status_code == 404


def test_role_without_the_right_and_sellers_stay_outside(client: Client) -> None:
    hub, operator = ground.hub(), world.operator()
    assert ground.enter(client, operator.people[Role.OPERATOR_ACCOUNTANT]).get("/desk/exchange/").status_code == 403
    assert ground.enter(client, hub.seller.head).get("/desk/exchange/").status_code == 404


@pytest.mark.parametrize("address", ["/desk/exchange/", "/desk/exchange/journal/"])
def test_statements_do_not_grow_with_rows(client: Client, address: str) -> None:
    client = ground.enter(client, world.operator().admin)
    counts = []
    for step in range(3):
        for number in range(step * 2 + 1):
            made = ground.connect(world.seller(), f"УТ {step} {number}")
            ground.file(ground.session(made.id), counts=ground.counted(product=(1, 0, 0, 1)))
        with CaptureQueriesContext(database) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]
