"""Pages of the exchange with real rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.portal.exchange import hub as ground

from zveno.base.clock import now
from zveno.exchange.models import Connection

pytestmark = pytest.mark.django_db


def test_board_says_who_must_act_and_what_to_do(client: Client) -> None:
    hub = ground.hub()
    dealer = world.dealer("Салон «Луч»")
    Connection.objects.unscoped("a test writes").filter(pk=hub.made.id).update(
        last_contact_at=now() - timedelta(days=3)
    )
    ground.waiting_order(hub.seller, dealer, "T-1", ago_hours=30)
    ground.file(
        ground.session(hub.made.id), "import0_1.xml", state="refused", error={"code": "xml_broken", "params": {}}
    )
    told = ground.text(ground.enter(client, hub.seller.head).get("/sell/exchange/"))
    assert "УТ 11, Москва" in told
    assert "No contact for 3 days" in told
    assert "1 file was refused" in told
    assert "Open the journal: each file says what is wrong" in told
    assert "Чужая" not in told


def test_board_is_calm_when_all_runs(client: Client) -> None:
    hub = ground.hub()
    Connection.objects.unscoped("a test writes").filter(pk=hub.made.id).update(last_contact_at=now())
    ground.file(ground.session(hub.made.id), counts=ground.counted(product=(3, 0, 0, 0)))
    told = ground.text(ground.enter(client, hub.seller.head).get("/sell/exchange/"))
    assert "In order" in told


def test_connection_page_shows_door_settings_columns_and_orders(client: Client) -> None:
    hub = ground.hub()
    dealer = world.dealer("Салон «Луч»")
    kind = world.price_kind(hub.seller, "Дилерская")
    world.terms(hub.seller, dealer.entity, price_kind=kind)
    ground.waiting_order(hub.seller, dealer, "T-77")
    answer = ground.enter(client, hub.seller.head).get(hub.url)
    told = ground.text(answer)
    assert f"http://testserver/exchange/1c/{hub.made.slug}/" in told
    assert hub.made.login in told
    assert "T-77" in told and "Салон «Луч»" in told
    assert "Дилерская" in told
    assert "What a stock figure means" in told
    assert "Connection “УТ 11, Москва” was made" in told
    assert hub.made.password not in answer.content.decode()


def test_journal_lists_filters_and_exports(client: Client) -> None:
    hub = ground.hub()
    ground.file(ground.session(hub.made.id), counts=ground.counted(product=(120, 3, 0, 0), price=(0, 40, 2, 0)))
    bad = ground.session(hub.made.id, kind="sale", ago_hours=50)
    ground.refusal(ground.file(bad, "orders.xml", counts=ground.counted(order=(0, 0, 0, 1))), "order_buyer_unknown")
    client = ground.enter(client, hub.seller.head)
    told = ground.text(client.get("/sell/exchange/journal/"))
    assert "Products: 120 new, 3 changed · Prices: 40 changed" in told
    assert len(client.get("/sell/exchange/journal/?errors=1").context["page"].rows) == 1
    assert len(client.get("/sell/exchange/journal/?kind=catalog").context["page"].rows) == 1
    day = (now() - timedelta(days=1)).date().isoformat()
    assert len(client.get(f"/sell/exchange/journal/?from={day}").context["page"].rows) == 1
    assert len(client.get("/sell/exchange/journal/?from=rubbish&connection=99999999999999").context["page"].rows) == 2
    assert client.get("/sell/exchange/journal.xlsx").getvalue()[:2] == b"PK"


def test_session_groups_refusals_with_place_and_advice(client: Client) -> None:
    hub = ground.hub()
    session = ground.session(hub.made.id)
    file = ground.file(session, "offers0_1.xml", counts=ground.counted(price=(5, 0, 0, 2)))
    for line in (14, 90):
        ground.refusal(file, "product_unknown", place=f"offers0_1.xml:{line}", external_id=f"guid-{line}")
    ground.refusal(file, "quantity_negative", place="offers0_1.xml:20", params={"value": "-4"}, is_doubt=True)
    client = ground.enter(client, hub.seller.head)
    told = ground.text(client.get(f"/sell/exchange/journal/{session.pk}/"))
    assert "Products that never came: 2" in told
    assert "Send the full catalog from 1С" in told
    told = ground.text(client.get(f"/sell/exchange/files/{file.pk}/"))
    assert "offers0_1.xml:14" in told
    assert "The stock is -4; zero was taken." in told
    assert len(client.get(f"/sell/exchange/files/{file.pk}/?code=product_unknown").context["page"].rows) == 2
    assert client.get(f"/sell/exchange/files/{file.pk}/refusals.xlsx").getvalue()[:2] == b"PK"


def test_download_gives_the_exact_bytes(client: Client) -> None:
    hub = ground.hub()
    data = bytes(range(256)) * 3000
    file = ground.file(ground.session(hub.made.id), "import_files/1.xml", data=data)
    answer = ground.enter(client, hub.seller.head).get(f"/sell/exchange/files/{file.pk}/download/")
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Disposition"] == 'attachment; filename="1.xml"'


@pytest.mark.parametrize("address", ["/sell/exchange/", "/sell/exchange/journal/", "connection", "session"])
def test_statements_do_not_grow_with_rows(client: Client, address: str) -> None:
    hub = ground.hub()
    dealer = world.dealer()
    session = ground.session(hub.made.id)
    grow = {"connection": hub.url, "session": f"/sell/exchange/journal/{session.pk}/"}
    client = ground.enter(client, hub.seller.head)
    counts = []
    for step in range(3):
        for number in range(step * 3 + 1):
            ground.connect(hub.seller, f"УТ {step} {number}")
            ground.waiting_order(hub.seller, dealer, f"N-{step}-{number}")
            file = ground.file(session, f"f{step}{number}.xml", counts=ground.counted(product=(1, 0, 0, 1)))
            ground.refusal(file, "product_unknown")
            ground.refusal(ground.file(ground.session(hub.made.id)), "price_missing", is_doubt=True)
        with CaptureQueriesContext(
            database,
        ) as queries:
            assert client.get(grow.get(address, address)).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]
    assert counts[2] <= 36
