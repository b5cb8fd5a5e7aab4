"""The API: what keys open and what not, one-call orders, the accounting system's side, how much SQL it takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import deals, world
from tests.deals import Deal
from tests.orders.approval.office import Office

from zveno.accounts.actions.make_api_key import make_api_key
from zveno.accounts.models import ApiKey, User
from zveno.api.urls import api
from zveno.base import clock
from zveno.finance.models import LedgerDocument
from zveno.orders.actions.set_order_comment import set_order_comment
from zveno.orders.models import Order, OrderEvent, Requisition
from zveno.partners.models import Member
from zveno.partners.rules.roles import Role
from zveno.stock.models import Arrival, Movement, Reservation

pytestmark = pytest.mark.django_db
# Whoever waits for a promise must have committed the order.
committing = pytest.mark.django_db(transaction=True)
D = Decimal
# Who calls, with which rights, for whom: asked before anything else.
DOOR = 9


class Program:
    """A program that calls with a key."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        response = Client().generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else b"",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )
        self.content_type = response["Content-Type"]
        return response.status_code, json.loads(response.content)

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def order(self, body: Any, *, key: str = "k-1", wait: float = 0) -> Any:
        return self.call("POST", f"/orders?wait={wait}", body, **{"Idempotency-Key": key})


def program(
    deal: Deal, section: str = "buying", *, person: User | None = None, entity_id: int | None = None
) -> Program:
    """A program of the dealer's buyer, or of the seller's manager."""
    partner = deal.dealer if section == "buying" else deal.seller
    user = person or (deal.dealer.buyer if section == "buying" else deal.seller.manager)
    with deals.as_system():
        made = make_api_key(
            company_id=partner.company.pk,
            user_id=user.pk,
            name="Учёт",
            section=section,
            entity_id=entity_id,
            now=clock.now() - timedelta(days=1),
        )
        ApiKey.objects.unscoped("a test sets").filter(pk=made.id).update(
            created_at=clock.now() - timedelta(days=1), last_used_at=clock.now()
        )
    return Program(made.secret)


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


def soon(days: int) -> date:
    return clock.now().date() + timedelta(days=days)


# What a buyer's key opens


def test_a_page_of_products_has_own_prices_and_stock(deal: Deal) -> None:
    product = deal.product(
        50, price="99.50", arrivals=((70, soon(5)),), name="Лампа", code="Л-1", barcodes=["4600123456789"]
    )
    deal.product(1, listed=False)
    status, page = program(deal).get("/products")
    assert (status, page["page"], page["has_more"], page["is_alike"]) == (200, 1, False, False)
    (item,) = page["items"]
    assert (item["id"], item["code"], item["pack_quantity"]) == (product.pk, "Л-1", "1")
    assert (item["price"]["value"], item["price"]["currency"], item["price"]["vat_included"]) == ("99.50", "RUB", True)
    assert item["stock"]["free_now"] == "50"
    assert [(a["on"], a["quantity"]) for a in item["stock"]["available"]][1] == (soon(5).isoformat(), "120")
    for text in ("л1", "лам", "4600123456789"):
        assert [found["id"] for found in program(deal).get(f"/products?search={text}")[1]["items"]] == [product.pk]


def test_one_product_says_why_it_costs_so_and_where_it_lies(deal: Deal) -> None:
    product = deal.product(50, arrivals=((70, soon(5)),), attributes={"Цвет": "белый"}, vat_percent=D(20))
    status, found = program(deal).get(f"/products/{product.pk}")
    assert status == 200
    assert [step["code"] for step in found["price"]["why"]] == ["price_kind", "vat_included"]
    assert [(s["warehouse"], s["free"]) for s in found["stock"]["shelves"]] == [(deal.warehouse.name, "50")]
    assert [(a["on"], a["free"]) for a in found["stock"]["arrivals"]] == [(soon(5).isoformat(), "70")]
    assert (found["attributes"], found["vat_percent"]) == ({"Цвет": "белый"}, "20")


def test_a_product_without_a_price_is_on_request(deal: Deal) -> None:
    deal.product(5, price=None)
    assert program(deal).get("/products")[1]["items"][0]["price"] is None


def test_a_promise_is_asked_without_ordering(deal: Deal) -> None:
    product = deal.product(50, arrivals=((70, soon(5)),), code="Л-1")
    body = {"lines": [{"code": "л1", "quantity": "100"}], "wished_on": soon(7).isoformat()}
    status, (line,) = program(deal).call("POST", "/promise", body)
    assert status == 200
    assert (line["product_id"], line["promised_on"], line["uncovered"]) == (product.pk, soon(7).isoformat(), "0")
    assert [(c["kind"], c["quantity"]) for c in line["covers"]] == [("arrival", "70"), ("shelf", "30")]
    assert not Reservation.objects.unscoped("a test looks").exists()


@committing
def test_an_order_is_placed_in_one_call_and_once(deal: Deal) -> None:
    product = deal.product(50, code="Л-1")
    body = {"lines": [{"code": "Л-1", "quantity": 10}], "comment": "срочно"}
    caller = program(deal)
    status, placed = caller.order(body)
    assert (status, placed["state"], placed["total"], placed["number"]) == (
        201,
        "placed",
        "1000.00",
        f"{deal.seller.company.code.upper()}-000001",
    )
    deal.decide(deals.order(placed["id"]), now=clock.now())
    status, again = caller.order(body)
    assert (status, again["id"], again["state"]) == (200, placed["id"], "confirmed")
    assert [(c["kind"], c["quantity"]) for c in again["lines"][0]["covers"]] == [("shelf", "10")]
    status, refused = caller.order({"lines": [{"product_id": product.pk, "quantity": 11}]})
    assert (status, refused["code"]) == (409, "key_used_for_another_order")
    assert Order.objects.unscoped("a test looks").count() == 1


def test_orders_are_listed_read_and_cancelled(deal: Deal) -> None:
    order = deal.place((deal.product(50), 10), now=clock.now())
    deal.decide(order, now=clock.now())
    caller = program(deal)
    status, found = caller.get(f"/orders?search={order.number}&state=confirmed")
    assert (status, found["count"], [row["id"] for row in found["items"]]) == (200, 1, [order.pk])
    assert caller.get("/orders?state=rejected")[1]["items"] == []
    status, full = caller.get(f"/orders/{order.pk}")
    assert (status, [e["kind"] for e in full["events"]]) == (200, ["confirmed", "placed"])
    assert caller.call("POST", f"/orders/{order.pk}/cancel")[1]["state"] == "cancelled"


def test_of_several_sellers_one_must_be_named(deal: Deal) -> None:
    other = deals.deal()
    world.terms(other.seller, deal.dealer.entity, price_kind=other.kind)
    product = other.product(5)
    caller = program(deal)
    status, refused = caller.get("/products")
    assert (status, refused["code"], refused["errors"][0]["path"]) == (422, "seller_missing", "seller")
    assert {one["id"] for one in caller.get("/sellers")[1]} == {deal.seller_id, other.seller_id}
    assert [p["id"] for p in caller.get(f"/products?seller={other.seller_id}")[1]["items"]] == [product.pk]


# What goes wrong


@pytest.mark.parametrize(
    ("line", "path", "code"),
    [
        ({"code": "НЕТ-1", "quantity": 1}, "lines/1/code", "product_code_unknown"),
        ({"quantity": 1}, "lines/1/product_id", "product_not_named"),
        ({"code": "Л-1", "quantity": -1}, "lines/1/quantity", "quantity_not_positive"),
        ({"code": "Л-1", "quantity": "abc"}, "lines/1/quantity", "decimal_parsing"),
        ({"code": "Л-1", "quantity": "NaN"}, "lines/1/quantity", "finite_number"),
        ({"code": "Л-1"}, "lines/1/quantity", "missing"),
        ({"code": "Л-1", "quantity": 1, "qty": 1}, "lines/1/qty", "extra_forbidden"),
        ({"code": "П-6", "quantity": 7}, "lines/1/quantity", "not_whole_packs"),
        ({"product_id": 999999999, "quantity": 1}, "lines/1/product_id", "product_not_offered"),
        ({"product_id": 2**70, "quantity": 1}, "lines/1/product_id", "product_not_offered"),
    ],
)
def test_errors_name_the_field(deal: Deal, line: dict[str, Any], path: str, code: str) -> None:
    deal.product(5, code="Л-1")
    deal.product(50, code="П-6", pack_quantity=D(6))
    caller = program(deal)
    status, refused = caller.order({"lines": [{"code": "Л-1", "quantity": 1}, line]})
    assert (status, caller.content_type) == (422, "application/problem+json")
    assert [(error["path"], error["code"]) for error in refused["errors"]] == [(path, code)]
    assert all(error["detail"] for error in refused["errors"])
    assert not Order.objects.unscoped("a test looks").exists()


def test_dates_keys_and_bodies_that_cannot_be_used(deal: Deal) -> None:
    deal.product(5, code="Л-1")
    lines = [{"code": "Л-1", "quantity": 1}]
    caller = program(deal)
    assert caller.order({"lines": lines, "wished_on": "1926-04-17"})[1]["errors"][0]["path"] == "wished_on"
    assert caller.order({"lines": lines, "wished_on": "soon"})[1]["errors"][0]["path"] == "wished_on"
    assert caller.order({"lines": []})[1]["code"] == "nothing_to_order"
    for key in ("", "x" * 81):
        assert caller.order({"lines": lines}, key=key)[1]["code"] == "idempotency_key_missing"
    response = Client().post(
        "/api/v1/orders",
        "{broken",
        content_type="application/json",
        headers={"Authorization": f"Bearer {caller.secret}"},
    )
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_a_refusal_speaks_the_callers_language(deal: Deal) -> None:
    caller = program(deal)
    texts = {
        language: caller.call("GET", "/orders/1", **{"Accept-Language": language})[1]["detail"]
        for language in ("ru", "en")
    }
    assert texts["en"] == "There is no such thing here, or it is not yours to see."
    assert texts["ru"] != texts["en"]


def test_without_a_good_key_nothing_opens(deal: Deal) -> None:
    good = program(deal)
    revoked, blocked = program(deal), program(deal, person=deal.dealer.head)
    ApiKey.objects.unscoped("a test sets").filter(prefix=revoked.secret[:10]).update(revoked_at=clock.now())
    Member.objects.unscoped("a test sets").filter(user=deal.dealer.head).update(blocked_at=clock.now())
    for bad in (Program(""), Program("zv_nonsense"), revoked, blocked):
        status, refused = bad.get("/products")
        assert (status, refused["code"]) == (401, "key_refused")
    assert good.get("/products")[0] == 200


def test_a_key_does_what_its_person_may(deal: Deal) -> None:
    product = deal.product(5)
    viewer = program(deal, person=deal.dealer.viewer)
    assert viewer.get("/products")[0] == 200
    status, refused = viewer.order({"lines": [{"product_id": product.pk, "quantity": 1}]})
    assert (status, refused["code"]) == (403, "key_lacks_right")
    colleagues = deal.place((product, 1), person=deal.dealer.head, now=clock.now())
    status, refused = program(deal).call("POST", f"/orders/{colleagues.pk}/cancel")
    assert (status, refused["code"]) == (403, "not_your_order")


@committing
def test_a_key_for_one_entity_sees_that_entity_alone(deal: Deal) -> None:
    daughter = world.entity(deal.dealer.company, main=deal.dealer.entity)
    world.terms(deal.seller, daughter, price_kind=deal.kind)
    order = deal.place((deal.product(5), 1), now=clock.now())
    narrow, wide = program(deal, entity_id=daughter.pk), program(deal)
    assert narrow.get(f"/orders/{order.pk}")[0] == 404
    assert narrow.get(f"/products?entity={deal.dealer.entity.pk}")[0] == 404
    assert wide.get(f"/orders/{order.pk}")[0] == 200
    status, placed = narrow.order({"lines": [{"product_id": order.lines.get().product_id, "quantity": 1}]})
    assert (status, deals.order(placed["id"]).buyer_entity_id) == (201, daughter.pk)


# Approval inside the buyer's company


def asked_of(deal: Deal, *, total: int = 200) -> Requisition:
    """An order of the buyer that a rule of the company holds back."""
    office = Office(deal)
    office.rule(min_total=None)
    return office.sent((deal.product(50, price="100"), total // 100), now=clock.now())


@committing
def test_an_order_that_the_company_approves_first_answers_202_until_it_is_placed(deal: Deal) -> None:
    office, product = Office(deal), deal.product(50, price="100")
    office.rule(min_total="1000")
    caller = program(deal)
    body = {"lines": [{"product_id": product.pk, "quantity": 12}]}
    status, asked = caller.order(body)
    assert (status, asked["state"], asked["total"], asked["order_id"]) == (202, "waiting", "1200.00", None)
    assert (asked["rule"], asked["waits_for"]) == ("От 1000", [deal.dealer.head.shown_name])
    assert [(line["code"], line["quantity"]) for line in asked["lines"]] == [(product.code, "12")]
    assert caller.order(body) == (202, asked)
    assert caller.order({"lines": [{"product_id": product.pk, "quantity": 13}]})[0] == 409
    assert [row["requisition_id"] for row in caller.get("/requisitions")[1]["items"]] == [asked["requisition_id"]]
    assert caller.get("/requisitions?state=placed")[1]["items"] == []
    requisition = office.requisition(asked["requisition_id"])
    office.approve(requisition, now=clock.now())
    office.place(requisition, now=clock.now())
    status, placed = caller.order(body)
    assert (status, placed["id"]) == (200, requisition.order_id)
    assert caller.get(f"/requisitions/{requisition.pk}")[1]["order_id"] == requisition.order_id
    assert caller.order({"lines": [{"product_id": product.pk, "quantity": 9}]}, key="k-2")[0] == 201


def test_a_requisition_is_withdrawn_by_its_author_as_often_as_one_likes(deal: Deal) -> None:
    asked = asked_of(deal)
    for _ in range(2):
        status, found = program(deal).call("POST", f"/requisitions/{asked.pk}/withdraw")
        assert (status, found["state"], found["waits_for"]) == (200, "withdrawn", [])
    status, refused = program(deal, person=deal.dealer.viewer).call("POST", f"/requisitions/{asked.pk}/withdraw")
    assert (status, refused["code"]) == (403, "key_lacks_right")


# Strangers


def operations() -> Iterator[tuple[str, str]]:
    for path, item in api.get_openapi_schema(path_prefix="")["paths"].items():
        for method in item:
            yield method.upper(), path


BODIES: dict[str, Callable[[Deal, Order], Any]] = {
    "/promise": lambda deal, order: {"seller": deal.seller_id, "lines": [{"product_id": 1, "quantity": 1}]},
    "/orders": lambda deal, order: {
        "seller": deal.seller_id,
        "lines": [{"product_id": order.lines.get().product_id, "quantity": 1}],
    },
    "/erp/orders/acknowledge": lambda deal, order: {"orders": [{"id": order.pk, "version": 1}]},
    "/delivery": lambda deal, order: {
        "seller": deal.seller_id,
        "lines": [{"product_id": order.lines.get().product_id, "quantity": 1}],
    },
    "/erp/orders/{order_id}/parcels/{shipment}": lambda deal, order: {"sent_on": "2026-04-10", "number": "X"},
    "/erp/settlements": lambda deal, order: {
        "documents": [
            {
                "external_id": "x-1",
                "kind": "payment",
                "buyer": {"entity_id": deal.dealer.entity.pk, "inn": deal.dealer.entity.inn},
                "number": "X",
                "issued_on": "2026-04-10",
                "amount": "5.00",
            }
        ]
    },
    "/erp/orders/{order_id}": lambda deal, order: {"state": "cancelled", "erp_number": "X"},
    "/erp/stock": lambda deal, order: {"items": [told_of(deal, order)]},
    "/erp/arrivals": lambda deal, order: {"items": [{**told_of(deal, order), "due_on": "2099-01-01"}]},
    "/erp/relations": lambda deal, order: {
        "items": [{"product_id": order.lines.get().product_id, "other_id": 1, "kind": "substitute"}]
    },
}


# Lists of one's own, and a call that answers of each object apart.
OWN_ANSWERS = {
    ("GET", "/orders"),
    ("GET", "/requisitions"),
    ("GET", "/erp/orders"),
    ("GET", "/erp/warehouses"),
    ("GET", "/sellers"),
    ("GET", "/addresses"),
    ("GET", "/erp/settlements/differences"),
    ("POST", "/erp/settlements"),
}
# Answered item by item: what is the victim's is refused there.
BY_ITEM = {"/erp/stock", "/erp/arrivals", "/erp/relations"}


def told_of(deal: Deal, order: Order) -> dict[str, Any]:
    return {"product_id": order.lines.get().product_id, "warehouse_id": deal.warehouse.pk, "quantity": 1}


@pytest.mark.parametrize(("method", "path"), list(operations()), ids=lambda value: str(value))
def test_a_stranger_gets_nothing_and_changes_nothing(deal: Deal, method: str, path: str) -> None:
    order = deal.place((deal.product(5), 1), now=clock.now())
    deal.decide(order, now=clock.now())
    stranger = deals.deal()
    own = stranger.place((stranger.product(5), 1), now=clock.now())
    asked = asked_of(deal)
    section = "selling" if path.startswith("/erp") else "buying"
    address = path.replace("{order_id}", str(order.pk)).replace("{product_id}", str(order.lines.get().product_id))
    address = address.replace("{requisition_id}", str(asked.pk)).replace("{shipment}", "R-1")
    if method == "GET" and "{" not in path and section == "buying":
        address += f"?seller={deal.seller_id}"
    body = BODIES[path](deal, order) if method != "GET" and path in BODIES else None
    before = (Order.objects.unscoped("a test looks").count(), deals.order(order.pk).version, held())
    asked_before = (asked.version, asked.state)
    accountant = stranger.dealer.people[Role.ACCOUNTANT] if path.startswith("/money") else None
    caller = program(stranger, section, person=accountant)
    status, found = caller.call(method, address, body, **{"Idempotency-Key": "k"})
    if path in BY_ITEM:
        assert (status, [item["result"] for item in found["items"]]) == (200, ["refused"])
    elif (method, path) in OWN_ANSWERS:
        assert status == 200
        assert str(order.number) not in json.dumps(found)
        assert str(deal.seller.company.name) not in json.dumps(found, ensure_ascii=False)
    else:
        assert (status, found["status"]) == (404, 404)
    assert (Order.objects.unscoped("a test looks").count(), deals.order(order.pk).version, held()) == before
    asked.refresh_from_db()
    assert (asked.version, asked.state) == asked_before
    assert Program("").call(method, address, body)[0] == 401
    wrong = program(stranger, "buying" if section == "selling" else "selling")
    status, refused = wrong.call(method, address, body, **{"Idempotency-Key": "k"})
    assert (status, refused["code"]) == (403, "key_of_other_section")
    assert own.pk


def held() -> int:
    tables = (Reservation, OrderEvent, Movement, Arrival, LedgerDocument)
    return sum(table.objects.unscoped("a test looks").count() for table in tables)


# The accounting system


def test_an_accounting_system_fetches_takes_over_and_tells(deal: Deal) -> None:
    product = deal.product(50)
    order = deal.place((product, 10), now=clock.now())
    deal.decide(order, now=clock.now())
    erp = program(deal, "selling")
    status, page = erp.get("/erp/orders")
    (found,) = page["items"]
    assert (status, found["id"], found["state"], found["buyer"]["inn"], page["next"]) == (
        200,
        order.pk,
        "confirmed",
        deal.dealer.entity.inn,
        None,
    )
    assert [(line["product_id"], line["quantity"], line["total"]) for line in found["lines"]] == [
        (product.pk, "10", "1000.00")
    ]
    told = {"orders": [{"id": order.pk, "version": found["version"]}]}
    assert erp.call("POST", "/erp/orders/acknowledge", told) == (200, {"acknowledged": 1})
    assert erp.call("POST", "/erp/orders/acknowledge", told) == (200, {"acknowledged": 0})
    assert erp.get("/erp/orders")[1]["items"] == []
    assert Reservation.objects.unscoped("a test looks").get().erp_known_at is not None
    news = {
        "erp_number": "УТ-1",
        "state": "in_work",
        "shipments": [
            {
                "number": "Р-1",
                "shipped_at": datetime(2099, 1, 1, tzinfo=UTC).isoformat(),
                "lines": [{"product_id": product.pk, "quantity": "4", "price": "100", "total": "400.00"}],
            }
        ],
        "payments": [{"number": "П-1", "paid_on": "2026-04-11", "amount": "400.00"}],
    }
    status, applied = erp.call("PATCH", f"/erp/orders/{order.pk}", news)
    assert (status, set(applied["changes"])) == (200, {"erp_number", "shipped", "erp_state", "paid"})
    assert erp.call("PATCH", f"/erp/orders/{order.pk}", news) == (200, {"changes": []})
    assert deals.order(order.pk).state == "partly_shipped"
    assert erp.get(f"/erp/orders/{order.pk}")[1]["erp_number"] == "УТ-1"
    with deal.buying() as actor:
        set_order_comment(actor=actor, order_id=order.pk, comment="ещё", now=clock.now())
    assert [one["comment"] for one in erp.get("/erp/orders")[1]["items"]] == ["ещё"]


def test_the_cursor_walks_through_what_waits(deal: Deal) -> None:
    product = deal.product(50)
    orders = [deal.place((product, 1), now=clock.now()) for _ in range(5)]
    erp, seen, after = program(deal, "selling"), [], 0
    while after is not None:
        page = erp.get(f"/erp/orders?limit=2&after={after}")[1]
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
    assert seen == [order.pk for order in orders]


def test_a_strange_product_or_state_is_refused(deal: Deal) -> None:
    order = deal.place((deal.product(5), 1), now=clock.now())
    strange = deals.deal().product(5, listed=False)
    erp = program(deal, "selling", person=deal.seller.people[Role.HEAD])
    assert erp.call("PATCH", f"/erp/orders/{order.pk}", {"state": "flying"})[1]["errors"][0]["path"] == "state"
    lines = [{"product_id": strange.pk + 1000, "quantity": 1, "price": 1, "total": 1}]
    assert erp.call("PATCH", f"/erp/orders/{order.pk}", {"lines": lines})[0] == 404


# How much SQL


def statements(work: Callable[[], Any]) -> list[str]:
    """The statements of a call, those that begin and end transactions apart."""
    with CaptureQueriesContext(connection) as captured:
        assert work()[0] in (200, 201)
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [query["sql"] for query in captured if not query["sql"].startswith(frame)]


@committing
def test_a_page_of_24_products_takes_four_statements_besides_the_door(deal: Deal) -> None:
    for _ in range(30):
        deal.product(5, arrivals=((7, soon(3)),))
    caller = program(deal)
    found = statements(lambda: caller.get("/products?per_page=24"))
    # The seller's today is the door's business too.
    assert len(found) <= DOOR + 1 + 4, found


@committing
def test_a_page_in_the_order_of_own_prices(deal: Deal) -> None:
    products = [deal.product(5, price=str(100 - n)) for n in range(30)]
    unpriced = deal.product(5, price=None)
    world.discount(deal.seller, 50, entity=deal.dealer.entity, product=products[0])
    caller = program(deal)
    _, page = caller.get("/products?sort=price&per_page=3")
    assert [item["id"] for item in page["items"]] == [products[0].pk, products[29].pk, products[28].pk]
    assert [item["price"]["value"] for item in page["items"]] == ["50.00", "71.00", "72.00"]
    _, page = caller.get("/products?sort=-price&per_page=2")
    assert [item["id"] for item in page["items"]] == [products[1].pk, products[2].pk]
    _, page = caller.get("/products?sort=price&per_page=10&page=4")
    assert [item["id"] for item in page["items"]] == [unpriced.pk]
    # The rule book beside the facts.
    assert len(statements(lambda: caller.get("/products?sort=price&per_page=24"))) <= DOOR + 1 + 4


@committing
def test_an_order_of_20_lines_takes_at_most_26_statements(deal: Deal) -> None:
    lines = [{"product_id": deal.product(5).pk, "quantity": 1} for _ in range(20)]
    caller = program(deal)
    first = statements(lambda: caller.order({"lines": lines}))
    # One of them claims that it is the first, one is about the credit.
    assert len(first) <= DOOR + 17 <= 26, first
    found = statements(lambda: caller.order({"lines": lines}, key="second"))
    assert len(found) <= DOOR + 16, found


def test_the_description_is_open_and_complete() -> None:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    schema = json.loads(response.content)
    assert schema["openapi"].startswith("3.")
    described = {(m, p) for p, item in schema["paths"].items() for m in item if item[m].get("summary")}
    assert len(described) == 28
    assert all(item[m]["security"] for item in schema["paths"].values() for m in item)
