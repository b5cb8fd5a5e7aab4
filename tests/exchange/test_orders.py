"""Orders to 1С and back, call by call."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests import deals, world
from tests.exchange.conftest import PASSWORD, Link, connect

from zveno.exchange.jobs import apply_inbox, gather
from zveno.exchange.models import Delivery, Exchange, InboxFile, OutboxItem, Refusal
from zveno.exchange.rules.messages import CounterpartyMessage, OrderMessage
from zveno.orders.actions.reject_order import reject_order
from zveno.orders.models import Order, OrderEvent, Shipment
from zveno.plugins.erp.commerceml.codec import read_messages, write_orders
from zveno.stock.models import Reservation

pytestmark = pytest.mark.django_db


@dataclass
class Caller:
    """1С at the door of a connection; what it makes wait is done at once."""

    slug: str = "trade-house"
    client: Client = field(default_factory=Client)

    def begin(self, kind: str = "sale") -> Caller:
        basic = base64.b64encode(f"1c:{PASSWORD}".encode()).decode()
        lines = self.ask("checkauth", kind, headers={"Authorization": f"Basic {basic}"}).decode().splitlines()
        assert lines[0] == "success", lines
        self.client.cookies[lines[1]] = lines[2]
        return self

    def ask(self, mode: str, kind: str = "sale", **options: Any) -> bytes:
        return bytes(self.client.get(f"/exchange/1c/{self.slug}/", {"type": kind, "mode": mode}, **options).content)

    def orders(self) -> list[OrderMessage]:
        return [m for m in read_messages(self.ask("query")) if isinstance(m, OrderMessage)]

    def send(self, content: bytes, name: str = "orders.xml") -> None:
        """Send a file as many 1С do in an orders session: without asking for its import."""
        url = f"/exchange/1c/{self.slug}/?type=sale&mode=file&filename={name}"
        answer = self.client.post(url, content, content_type="application/octet-stream")
        assert answer.content == b"success", answer.content.decode()
        session = Exchange.objects.unscoped("a test looks").latest("id")
        gather(session.pk)
        apply_inbox(session.connection_id)


@pytest.fixture
def deal() -> deals.Deal:
    return deals.deal()


@pytest.fixture
def link(deal: deals.Deal) -> Link:
    made = connect(deal.seller)
    made.connection.orders_from = deals.NOW.replace(year=2020)
    made.connection.save()
    return made


@pytest.fixture
def caller(link: Link) -> Iterator[Caller]:
    yield Caller()


def written(*orders: OrderMessage) -> bytes:
    return b"".join(write_orders(orders, formed_at=deals.NOW))


def test_a_placed_order_is_fetched_as_the_dealers_company(deal: deals.Deal, caller: Caller) -> None:
    product = deal.product(10, code="СВ-1")
    placed = deal.place((product, 3), wished_on=date(2026, 4, 20))
    (told,) = caller.begin().orders()
    assert (told.external_id, told.number) == (placed.number, placed.number)
    assert told.buyer is not None
    assert (told.buyer.inn, told.buyer.kpp) == (deal.dealer.entity.inn, deal.dealer.entity.kpp)
    assert told.buyer.name == deal.dealer.entity.name
    assert told.total == Decimal("300.00")
    assert told.lines is not None
    assert [(line.code, line.quantity, line.price, line.sum) for line in told.lines] == [
        ("СВ-1", Decimal(3), Decimal(100), Decimal(300))
    ]
    assert ("Желаемая дата отгрузки", "2026-04-20") in told.properties


def test_an_order_is_sent_until_it_is_confirmed_and_never_after(deal: deals.Deal, caller: Caller) -> None:
    placed = deal.place((deal.product(10), 3))
    deal.decide(placed)
    assert [o.number for o in caller.begin().orders()] == [placed.number]
    assert [o.number for o in caller.begin().orders()] == [placed.number]
    assert caller.ask("success").startswith(b"success")
    assert caller.begin().orders() == []
    assert Delivery.objects.unscoped("a test looks").get().attempts == 2
    assert not OutboxItem.objects.unscoped("a test looks").get().is_pending
    assert Reservation.objects.unscoped("a test looks").get().erp_known_at is not None


def test_success_confirms_only_what_this_session_fetched(deal: deals.Deal, caller: Caller) -> None:
    product = deal.product(10)
    first = deal.place((product, 1))
    caller.begin().orders()
    second = deal.place((product, 1))
    caller.ask("success")
    assert [o.number for o in caller.begin().orders()] == [second.number]
    other = Caller().begin()
    other.ask("success")
    assert [o.number for o in caller.begin().orders()] == [second.number]
    assert first.number != second.number


def test_a_change_between_fetch_and_confirmation_is_sent_again(deal: deals.Deal, caller: Caller) -> None:
    placed = deal.place((deal.product(1), 3))
    caller.begin().orders()
    deal.decide(placed)
    with deal.selling():
        reject_order(order_id=placed.pk, words="нет товара", now=deals.NOW)
    caller.ask("success")
    (told,) = caller.begin().orders()
    assert (told.number, told.cancelled, told.status) == (placed.number, True, "Отклонён")


def test_orders_of_another_seller_are_not_fetched(deal: deals.Deal, link: Link) -> None:
    other = connect(world.seller(), "other-house")
    other.connection.orders_from = deals.NOW.replace(year=2020)
    other.connection.save()
    deal.place((deal.product(10), 3))
    assert Caller("other-house").begin().orders() == []


def test_orders_before_the_connection_are_not_for_it(deal: deals.Deal) -> None:
    deal.place((deal.product(10), 3))
    connect(deal.seller)
    assert Caller().begin().orders() == []


def test_a_status_from_the_erp_appears_with_its_history(deal: deals.Deal, caller: Caller) -> None:
    placed = deal.place((deal.product(10), 3))
    deal.decide(placed)
    (told,) = caller.begin().orders()
    caller.ask("success")
    answer = changed(told, status="К выполнению / В процессе обеспечения", erp_number="ТД00-000123", posted=True)
    caller.begin().send(answer)
    placed.refresh_from_db()
    assert (placed.state, placed.erp_number) == ("in_work", "ТД00-000123")
    events = OrderEvent.objects.unscoped("a test looks").filter(order=placed, actor_name="1С УТ 11")
    assert {e.kind for e in events} == {"erp_number", "erp_state"}
    assert caller.begin().orders() == []
    caller.begin().send(answer)
    assert events.count() == 2
    file = InboxFile.objects.unscoped("a test looks").latest("id")
    assert file.counts["order"]["unchanged"] == 1


def test_changed_lines_from_the_erp_replace_ours(deal: deals.Deal, caller: Caller, link: Link) -> None:
    product = deal.product(10)
    placed = deal.place((product, 3))
    deal.decide(placed)
    (told,) = caller.begin().orders()
    assert told.lines is not None
    known(link, product.pk, told.lines[0].product_external_id)
    line = replaced(told.lines[0], quantity=Decimal(2), sum=Decimal(200))
    caller.begin().send(changed(told, lines=(line,), total=Decimal(200)))
    placed.refresh_from_db()
    assert placed.total == Decimal("200.00")
    assert [r.quantity for r in Reservation.objects.unscoped("a test looks").filter(state="active")] == [Decimal(2)]


def test_an_order_born_in_the_erp_appears_once(deal: deals.Deal, caller: Caller, link: Link) -> None:
    product = deal.product(10)
    known(link, product.pk, "guid-lamp")
    born = erp_order(deal)
    caller.begin().send(born)
    caller.begin().send(born)
    order = Order.objects.unscoped("a test looks").get()
    assert (order.source, order.erp_number, order.buyer_entity_id) == ("erp", "УТ-77", deal.dealer.entity.pk)
    assert order.total == Decimal("250.00")
    assert order.lines.get().product_id == product.pk
    assert caller.begin().orders() == []


def test_an_order_of_an_unknown_buyer_is_refused_in_words(deal: deals.Deal, caller: Caller) -> None:
    stranger = world.dealer()
    caller.begin().send(erp_order(deal, inn=stranger.entity.inn, kpp=stranger.entity.kpp))
    assert not Order.objects.unscoped("a test looks").exists()
    refusal = Refusal.objects.unscoped("a test looks").get()
    assert (refusal.code, refusal.params["number"], refusal.params["inn"]) == (
        "order_buyer_unknown",
        "УТ-77",
        stranger.entity.inn,
    )


def test_a_shipment_from_the_erp_ships_the_order(deal: deals.Deal, caller: Caller, link: Link) -> None:
    product = deal.product(10)
    placed = deal.place((product, 3))
    deal.decide(placed)
    (told,) = caller.begin().orders()
    caller.begin().send(with_shipment(told, "guid"))
    placed.refresh_from_db()
    assert Shipment.objects.unscoped("a test looks").get().number == "РН-5"
    assert placed.state in ("shipped", "partly_shipped")


def changed(message: OrderMessage, **fields: Any) -> bytes:
    return written(replaced(message, **fields))


def replaced(message: Any, **fields: Any) -> Any:
    from dataclasses import replace

    return replace(message, **fields)


def known(link: Link, product_id: int, external_id: str) -> None:
    from zveno.exchange.applying.refs import Refs

    Refs(link.connection.pk, link.connection.seller_id).put("product", external_id, product_id)


def erp_order(deal: deals.Deal, *, inn: str = "", kpp: str = "") -> bytes:
    from zveno.exchange.rules.messages import OrderLine, Role

    entity = deal.dealer.entity
    buyer = CounterpartyMessage(
        external_id="guid-buyer", name="ООО Ромашка", role=Role.BUYER, inn=inn or entity.inn, kpp=kpp or entity.kpp
    )
    line = OrderLine("guid-lamp", Decimal("2.5"), name="Лампа", price=Decimal(100), sum=Decimal(250))
    return written(
        OrderMessage(
            "guid-order",
            number="УТ-77",
            ordered_on=date(2026, 4, 1),
            role=Role.SELLER,
            currency="RUB",
            total=Decimal(250),
            counterparties=(buyer,),
            lines=(line,),
            posted=True,
        )
    )


def with_shipment(message: OrderMessage, external_id: str) -> bytes:
    from zveno.exchange.rules.messages import DocumentKind, DocumentMessage

    paper = DocumentMessage(
        external_id,
        DocumentKind.SHIPMENT,
        number="РН-5",
        issued_on=date(2026, 4, 12),
        total=message.total,
        lines=message.lines,
        posted=True,
    )
    return changed(message, documents=(paper,))
