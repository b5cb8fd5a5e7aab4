"""The seller's key tells stock, arrivals and relations of products, and reads an answer for each item."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests import deals, world
from tests.api.test_api import Program, program, soon
from tests.deals import Deal
from tests.stock.books import check_books

from zveno.base import clock
from zveno.catalog.models import ProductRelation
from zveno.stock.models import Arrival, Movement, SupplyPolicy

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


@pytest.fixture
def erp(deal: Deal) -> Program:
    return program(deal, "selling")


def results(answer: tuple[int, Any]) -> list[tuple[str, str]]:
    status, told = answer
    assert status == 200, told
    assert [item["index"] for item in told["items"]] == list(range(len(told["items"])))
    return [(item["result"], item["code"]) for item in told["items"]]


def test_warehouses_are_listed_with_their_ids(deal: Deal, erp: Program) -> None:
    assert erp.get("/erp/warehouses")[1] == [
        {"id": deal.warehouse.pk, "name": deal.warehouse.name, "city": "Москва", "is_active": True}
    ]


def test_each_figure_is_answered(deal: Deal, erp: Program) -> None:
    product, other, new = deal.product(5, code="Л-1"), deal.product(7), deal.product()
    strange = deals.deal().product(5)
    place = {"warehouse_id": deal.warehouse.pk}
    items = [
        {"code": "л1", "quantity": 9, **place},
        {"product_id": other.pk, "quantity": "7", "warehouse": deal.warehouse.name},
        {"product_id": new.pk, "quantity": "2.5", **place},
        {"product_id": strange.pk, "quantity": 1, **place},
        {"code": "НЕТ", "quantity": 1, **place},
        {"quantity": 1, **place},
        {"product_id": product.pk, "quantity": 1, "warehouse": "Нигде"},
        {"product_id": new.pk, "quantity": "3.5", **place},
    ]
    assert results(erp.call("PUT", "/erp/stock", {"items": items, "document": "Ост-1"})) == [
        ("changed", ""),
        ("unchanged", ""),
        ("repeated", ""),
        ("refused", "product_code_unknown"),
        ("refused", "product_code_unknown"),
        ("refused", "product_not_named"),
        ("refused", "warehouse_unknown"),
        ("created", ""),
    ]
    assert [deals.shelf_of(one).on_hand for one in (product, other, new)] == [D(9), D(7), D("3.5")]
    assert deals.shelf_of(strange).on_hand == D(5)
    told = Movement.objects.unscoped("a test looks").filter(product=product).latest("id")
    assert (told.quantity, told.document, told.actor_name) == (D(4), "Ост-1", deal.seller.manager.name)
    heard = SupplyPolicy.objects.unscoped("a test looks").get(seller=deal.seller.company).heard_at
    assert heard is not None
    check_books()


def test_free_stock_has_taken_off_what_the_erp_holds(deal: Deal, erp: Program) -> None:
    product = deal.product(50)
    order = deal.place((product, 10), now=clock.now())
    deal.decide(order, now=clock.now())
    erp.get("/erp/orders")
    erp.call(
        "POST", "/erp/orders/acknowledge", {"orders": [{"id": order.pk, "version": deals.order(order.pk).version}]}
    )
    item = {"product_id": product.pk, "warehouse_id": deal.warehouse.pk, "quantity": 40}
    assert results(erp.call("PUT", "/erp/stock", {"items": [item], "means": "free"})) == [("unchanged", "")]
    assert deals.shelf_of(product).on_hand == D(50)


def test_arrivals_are_told_moved_received_in_part_and_closed(deal: Deal, erp: Program) -> None:
    product = deal.product(0)
    row = {"product_id": product.pk, "warehouse_id": deal.warehouse.pk, "number": "ЗП-1"}

    def tell(**fields: Any) -> list[tuple[str, str]]:
        told = {"quantity": 10, "due_on": soon(5).isoformat(), **row, **fields}
        return results(erp.call("PUT", "/erp/arrivals", {"items": [told]}))

    assert tell(confidence="planned") == [("created", "")]
    assert tell(confidence="planned") == [("unchanged", "")]
    assert tell(confidence="confirmed", due_on=soon(7).isoformat()) == [("changed", "")]
    assert tell(quantity=4, received=6, due_on=soon(7).isoformat()) == [("changed", "")]
    arrival = Arrival.objects.unscoped("a test looks").get()
    assert (arrival.quantity, arrival.received, arrival.confidence) == (D(4), D(6), "confirmed")
    assert deals.shelf_of(product).on_hand == D(6)
    assert tell(quantity=4, state="received") == [("changed", "")]
    assert deals.shelf_of(product).on_hand == D(10)
    check_books()


def test_a_misspelt_item_closes_no_other_arrivals(deal: Deal, erp: Program) -> None:
    product = deal.product(arrivals=((9, soon(3)),))
    bad = {"code": "НЕТ", "warehouse_id": deal.warehouse.pk, "quantity": 1, "due_on": soon(5).isoformat()}
    erp.call("PUT", "/erp/arrivals", {"items": [bad], "closes_others": True})
    assert deals.arrival_of(product).closed_at is None
    erp.call("PUT", "/erp/arrivals", {"items": [], "closes_others": True})
    assert deals.arrival_of(product).closed_at is not None


def test_relations_are_told_and_withdrawn_but_not_those_of_people(deal: Deal, erp: Program) -> None:
    first, second, third = (deal.product(5, code=f"Т-{n}") for n in range(3))
    ProductRelation.objects.create(
        owner=deal.seller.company, product=first, other=third, kind="accessory", told_by="person", told_at=clock.now()
    )
    one = {"code": "Т-0", "other_code": "Т-1", "kind": "substitute"}
    two = {"product_id": first.pk, "other_id": third.pk, "kind": "analogue"}
    answer = erp.call("PUT", "/erp/relations", {"items": [one, two, {**one, "other_code": "НЕТ"}], "replaces": True})
    assert results(answer) == [("created", ""), ("created", ""), ("refused", "product_code_unknown")]
    assert results(erp.call("PUT", "/erp/relations", {"items": [two], "replaces": True})) == [("unchanged", "")]
    left = ProductRelation.objects.filter(owner=deal.seller.company).order_by("id")
    assert [(row.other_id, row.kind) for row in left] == [(third.pk, "accessory"), (third.pk, "analogue")]
    assert second.pk


@pytest.mark.parametrize(
    ("path", "body", "wrong"),
    [
        ("/erp/stock", {"items": [{"product_id": 1, "warehouse_id": 1, "quantity": -1}]}, "items/0/quantity"),
        ("/erp/stock", {"items": []}, "items"),
        ("/erp/stock", {"items": [{"product_id": 1, "quantity": "1.2345"}]}, "items/0/quantity"),
        ("/erp/arrivals", {"items": [{"product_id": 1, "quantity": 1}]}, "items/0/due_on"),
        ("/erp/relations", {"items": [{"product_id": 1, "other_id": 2, "kind": "twin"}]}, "items/0/kind"),
    ],
)
def test_a_body_of_the_wrong_shape_names_its_field(erp: Program, path: str, body: Any, wrong: str) -> None:
    status, refused = erp.call("PUT", path, body)
    assert (status, refused["errors"][0]["path"]) == (422, wrong)


def test_a_thousand_items_take_as_many_statements_as_one(deal: Deal, erp: Program) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    products = [deal.product() for _ in range(60)]
    counts = []
    for piece in (products[:1], products):
        items = [{"product_id": p.pk, "warehouse_id": deal.warehouse.pk, "quantity": 5} for p in piece]
        with CaptureQueriesContext(connection) as told:
            results(erp.call("PUT", "/erp/stock", {"items": items}))
        counts.append(len(told))
    assert counts[0] == counts[1]


def test_strangers_items_are_refused_one_by_one(deal: Deal) -> None:
    product = deal.product(5)
    arrival = world.arrival(deal.warehouse, product, 9, due_on=soon(3), source_number="ЗП-1")
    stranger = program(deals.deal(), "selling")
    row = {"product_id": product.pk, "warehouse_id": deal.warehouse.pk, "quantity": 1}
    assert results(stranger.call("PUT", "/erp/stock", {"items": [row]})) == [("refused", "product_code_unknown")]
    told = {**row, "number": "ЗП-1", "due_on": soon(9).isoformat()}
    answer = stranger.call("PUT", "/erp/arrivals", {"items": [told], "closes_others": True})
    assert results(answer) == [("refused", "product_code_unknown")]
    arrival.refresh_from_db()
    assert (deals.shelf_of(product).on_hand, arrival.quantity, arrival.closed_at) == (D(5), D(9), None)
