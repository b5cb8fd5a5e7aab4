"""Strangers and roles before the exchange's pages: 404 or 403, and nothing changed."""

from __future__ import annotations

import pytest
from django.core.serializers import serialize
from django.test import Client
from tests import world
from tests.portal.exchange import hub as ground

from zveno.exchange.models import Connection, Exchange, InboxFile
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db
READS = (
    "{c}/",
    "journal/{s}/",
    "journal/{s}/progress/",
    "files/{f}/",
    "files/{f}/refusals.xlsx",
    "files/{f}/download/",
)
CHANGES = ("{c}/options/", "{c}/floor/", "{c}/password/", "{c}/switch/", "{c}/upload/", "files/{f}/replay/")


def _filled(connection_id: int) -> dict[str, int]:
    session = ground.session(connection_id)
    file = ground.file(session, counts=ground.counted(product=(1, 0, 0, 1)))
    ground.refusal(file, "product_unknown", external_id="чужой-товар")
    return {"c": connection_id, "s": session.pk, "f": file.pk}


def _everything() -> str:
    return "".join(
        str(serialize("json", model.objects.unscoped("a test compares").order_by("pk")))
        for model in (Connection, Exchange, InboxFile)
    )


@pytest.mark.parametrize("address", READS)
def test_stranger_finds_nothing(client: Client, address: str) -> None:
    hub = ground.hub()
    ids = _filled(hub.strange.id)
    assert ground.enter(client, hub.seller.head).get("/sell/exchange/" + address.format(**ids)).status_code == 404


@pytest.mark.parametrize("address", CHANGES)
def test_stranger_changes_nothing(client: Client, address: str) -> None:
    hub = ground.hub()
    ids = _filled(hub.strange.id)
    before = _everything()
    form = {"name": "взлом", "active": "0", "floor": "", "mark": "", "stock_means": "free"}
    assert (
        ground.enter(client, hub.seller.head).post("/sell/exchange/" + address.format(**ids), form).status_code == 404
    )
    assert _everything() == before


@pytest.mark.parametrize("address", (*CHANGES, "new/"))
@pytest.mark.parametrize("role", [Role.ACCOUNTANT])
def test_role_without_the_right_changes_nothing(client: Client, address: str, role: Role) -> None:
    hub = ground.hub()
    ids = _filled(hub.made.id)
    before = _everything()
    person = hub.seller.people[role]
    assert (
        ground.enter(client, person).post("/sell/exchange/" + address.format(**ids), {"name": "нет"}).status_code == 403
    )
    assert _everything() == before


def test_a_dealer_has_no_exchange(client: Client) -> None:
    hub = ground.hub()
    client = ground.enter(client, world.dealer().head)
    assert client.get("/sell/exchange/").status_code == 404
    assert client.get(hub.url).status_code == 404


def test_strangers_sessions_are_not_in_journal_or_filters(client: Client) -> None:
    hub = ground.hub()
    _filled(hub.strange.id)
    page = ground.enter(client, hub.seller.head).get(f"/sell/exchange/journal/?connection={hub.strange.id}")
    assert not page.context["page"].rows
    assert "Чужая УТ" not in ground.text(page)
