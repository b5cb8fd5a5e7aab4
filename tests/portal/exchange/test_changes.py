"""Changes on pages of the exchange: passwords, settings, switching, files by hand, replays."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from tests import world
from tests.portal.exchange import hub as ground

from zveno.catalog.models import Product
from zveno.exchange.actions.deferring import APPLY
from zveno.exchange.models import Connection, Exchange, InboxFile
from zveno.pricing.models import PriceKind

pytestmark = pytest.mark.django_db


def _row(connection_id: int) -> Connection:
    return Connection.objects.unscoped("a test looks").get(pk=connection_id)


def _shown_password(answer: Any) -> str:
    found = re.search(r'data-copy="([a-z2-9]{24})"', answer.content.decode())
    assert found
    return found[1]


def test_password_is_shown_once_at_creation_and_kept_as_a_hash(client: Client) -> None:
    seller = world.seller()
    client = ground.enter(client, seller.head)
    key = re.search(r'name="key" value="(\w+)"', client.get("/sell/exchange/new/").content.decode())
    assert key
    form = {"name": "УНФ", "kind": "commerceml", "login": "", "key": key[1]}
    answer = client.post("/sell/exchange/new/", form)
    password = _shown_password(answer)
    made = Connection.objects.unscoped("a test looks").get(seller=seller.company)
    assert check_password(password, made.password_hash)
    assert password not in made.password_hash
    assert "no-store" in answer["Cache-Control"]
    assert password not in client.get(f"/sell/exchange/{made.pk}/").content.decode()
    assert client.post("/sell/exchange/new/", form).url == f"/sell/exchange/{made.pk}/"
    assert Connection.objects.unscoped("a test counts").filter(seller=seller.company).count() == 1


def test_form_says_what_is_wrong_at_the_field(client: Client) -> None:
    client = ground.enter(client, world.seller().head)
    answer = client.post("/sell/exchange/new/", {"name": " ", "kind": "commerceml"})
    assert answer.status_code == 422
    assert "Give the connection a name" in ground.text(answer)
    answer = client.post("/sell/exchange/new/", {"name": "УТ", "kind": "commerceml", "login": "a:b"})
    assert "no colon" in ground.text(answer)
    answer = client.post("/sell/exchange/new/", {"name": "УТ", "kind": "sap"})
    assert "Choose the kind of system" in ground.text(answer)


def test_rotation_voids_the_old_password_and_ends_sessions_once(client: Client) -> None:
    hub = ground.hub()
    open_session = ground.session(hub.made.id, token_sha256="a" * 64)
    client = ground.enter(client, hub.seller.head)
    mark = client.get(hub.url).context["mark"]
    password = _shown_password(client.post(f"{hub.url}password/", {"mark": mark}))
    row = _row(hub.made.id)
    assert check_password(password, row.password_hash)
    assert not check_password(hub.made.password, row.password_hash)
    open_session.refresh_from_db()
    assert open_session.token_sha256 == ""
    again = client.post(f"{hub.url}password/", {"mark": mark})
    assert again.status_code == 409
    assert "nothing was changed now" in ground.text(again)
    assert _row(hub.made.id).password_hash == row.password_hash


def test_settings_are_kept_together_or_not_at_all(client: Client) -> None:
    hub = ground.hub()
    client = ground.enter(client, hub.seller.head)
    wrong = {"name": "УТ", "stock_means": "free", "file_limit": "1000", "encoding": "koi9", "default_vat": "двадцать"}
    answer = client.post(f"{hub.url}options/", wrong)
    told = ground.text(answer)
    assert answer.status_code == 422
    assert "From 1 to 64." in told and "Choose from the list." in told and "This is not a number" in told
    assert 'value="двадцать"' in answer.content.decode()
    assert _row(hub.made.id).options == {}
    right = {"name": "УТ 11.5", "stock_means": "free", "file_limit": "16", "default_vat": "20,0"}
    assert client.post(f"{hub.url}options/", right).status_code == 302
    row = _row(hub.made.id)
    assert row.name == "УТ 11.5"
    assert row.options == {"stock_means": "free", "file_limit": "16", "default_vat": "20.0"}
    assert "What is free after reservations in 1С" in ground.text(client.get(hub.url))


def test_switching_off_and_on_is_written_in_the_history(client: Client) -> None:
    hub = ground.hub()
    client = ground.enter(client, hub.seller.head)
    client.post(f"{hub.url}switch/", {"active": "0"})
    assert not _row(hub.made.id).is_active
    told = ground.text(client.get(hub.url))
    assert "Switched off" in told
    assert ground.send(client, hub.made.id, ("a.xml", ground.CATALOG)).url == hub.url
    assert not Exchange.objects.unscoped("a test counts").filter(connection_id=hub.made.id).exists()
    client.post(f"{hub.url}switch/", {"active": "1"})
    assert _row(hub.made.id).is_active
    assert "Switched on" in ground.text(client.get(hub.url))


def test_floor_is_one_column_of_the_seller(client: Client) -> None:
    hub = ground.hub()
    first, second = world.price_kind(hub.seller, "Розница"), world.price_kind(hub.seller, "Минимум")
    strange = world.price_kind(hub.stranger, "Чужая")
    client = ground.enter(client, hub.seller.head)
    for kind in (first, second):
        assert client.post(f"{hub.url}floor/", {"floor": str(kind.pk)}).status_code == 204
    floors = PriceKind.objects.unscoped("a test looks").filter(is_floor=True)
    assert [one.pk for one in floors] == [second.pk]
    assert client.post(f"{hub.url}floor/", {"floor": str(strange.pk)}).status_code == 404
    assert client.post(f"{hub.url}floor/", {"floor": ""}).status_code == 204
    assert not floors.all().exists()


def test_file_by_hand_is_kept_and_applied_like_any_other(client: Client) -> None:
    hub = ground.hub()
    client = ground.enter(client, hub.seller.head)
    answer = ground.send(client, hub.made.id, ("import.zip", ground.zipped(import_xml=ground.CATALOG)))
    session = ground.newest()
    assert answer.url == f"/sell/exchange/journal/{session.pk}/"
    page = client.get(answer.url)
    assert "import.zip" in ground.text(page) and "hx-get" in page.content.decode()
    ground.work(session)
    page = client.get(answer.url)
    assert "Products" in ground.text(page)
    assert 'hx-trigger="every' not in page.content.decode()
    assert Product.objects.filter(owner=hub.seller.company).count() == 2
    states = InboxFile.objects.unscoped("a test looks").filter(exchange=session).values_list("name", "state")
    assert sorted(states) == [("import.xml", "applied"), ("import.zip", "applied")]


@pytest.mark.parametrize(
    ("name", "data", "english", "russian"),
    [
        ("bomb.xml", ground.BOMB, "declares a document type or entities", "объявлен тип документа"),
        ("empty.xml", b"", "The file is empty", "Файл пуст"),
        ("cut.xml", ground.CATALOG[:700], "damaged or cut short", "повреждён или оборван"),
        ("other.xml", b"<html></html>", "not CommerceML", "не CommerceML"),
        ("broken.zip", b"PK\x03\x04rubbish", "archive is damaged", "Архив повреждён"),
        ("up.zip", ground.zipped(**{"../a_xml": b"<a/>"}), "leaves its folder", "выходит за пределы"),
        ("nested.zip", ground.zipped(inner_zip=b"PK\x03\x04"), "holds another archive", "лежит другой архив"),
    ],
    ids=["bomb", "empty", "cut", "other", "broken zip", "path", "nested"],
)
def test_hostile_file_says_what_to_do_in_both_languages(
    client: Client, name: str, data: bytes, english: str, russian: str
) -> None:
    hub = ground.hub()
    client = ground.enter(client, hub.seller.head)
    ground.send(client, hub.made.id, (name, data))
    session = ground.newest()
    ground.work(session)
    url = f"/sell/exchange/journal/{session.pk}/"
    assert russian in ground.text(ground.enter(client, hub.seller.head, "ru").get(url))
    assert english in ground.text(ground.enter(client, hub.seller.head, "en").get(url))
    file = InboxFile.objects.unscoped("a test looks").get(exchange=session)
    assert file.state == "refused"
    assert b"".join(client.get(f"/sell/exchange/files/{file.pk}/download/").streaming_content) == data


def test_replay_asked_twice_is_queued_once(client: Client) -> None:
    hub = ground.hub()
    file = ground.file(ground.session(hub.made.id), data=ground.CATALOG)
    client = ground.enter(client, hub.seller.head)
    before = ground.jobs(APPLY)
    client.post(f"/sell/exchange/files/{file.pk}/replay/")
    answer = client.post(f"/sell/exchange/files/{file.pk}/replay/", follow=True)
    assert "in the queue already" in ground.text(answer)
    assert ground.jobs(APPLY) == before + 1
    file.refresh_from_db()
    assert file.state == "waiting"
    ground.work(file.exchange)
    file.refresh_from_db()
    assert (file.state, file.counts["product"]["created"]) == ("applied", 2)


def test_no_file_chosen_is_said(client: Client) -> None:
    hub = ground.hub()
    answer = ground.enter(client, hub.seller.head).post(f"{hub.url}upload/", {}, follow=True)
    assert "No file was chosen" in ground.text(answer)
