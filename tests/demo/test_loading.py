"""The demo world in the database: sums agree, screens have something to show, a second start does nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.db import connection
from tests.demo.conftest import SCALE

from zveno.base import files
from zveno.base.scope import entered, system_scope
from zveno.base.tabular.reading import read_workbook
from zveno.demo.load import DatabaseInUse, is_loaded
from zveno.demo.rules.people import PASSWORD
from zveno.demo.samples import write_samples
from zveno.demo.world import World
from zveno.kit.codes import is_inn
from zveno.sellout.rules.applying import apply_mapping
from zveno.sellout.rules.layouts import likeliest, survey
from zveno.sellout.rules.lines import RawLine
from zveno.sellout.rules.mapping import Mapping
from zveno.stock.queries.differences import DifferenceKind, differences

pytestmark = pytest.mark.slow

SEEN = (
    "accounts.User", "partners.Region", "partners.Company", "partners.LegalEntity", "partners.Member",
    "partners.MemberEntity", "partners.TradeTerms", "catalog.Category", "catalog.Property", "catalog.Product",
    "catalog.Media", "catalog.Listing", "pricing.PriceKind", "pricing.Price", "stock.Warehouse", "stock.Balance",
    "stock.Arrival", "stock.Reservation", "stock.SupplyPolicy", "stock.RegionOpening", "stock.EntityOpening",
    "stock.Movement", "catalog.ProductRelation", "orders.Need", "orders.Cart", "orders.CartLine", "orders.Order",
    "orders.OrderLine", "orders.OrderEvent", "orders.Shipment", "orders.ShipmentLine", "finance.Account",
    "finance.LedgerDocument", "finance.Allocation", "finance.MonthTotal", "finance.StatedBalance",
    "finance.CreditPolicy", "finance.CreditLimit", "finance.MoneyMail",
    "orders.Requisition", "orders.RequisitionLine", "orders.RequisitionEvent", "orders.RequisitionDecision",
    "orders.ApprovalRule", "orders.ApprovalBudget", "orders.ApprovalSubstitute",
    "sellout.Layout", "sellout.CodeMapping", "sellout.Report", "sellout.ReportLine", "exchange.Connection",
    "exchange.Exchange", "exchange.InboxFile", "exchange.ExternalRef", "exchange.OutboxItem", "exchange.Delivery",
)  # fmt: skip


def rows(sql: str, *params: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def one(sql: str, *params: object) -> Any:
    return rows(sql, *params)[0][0]


@pytest.mark.parametrize("label", SEEN)
def test_every_screen_has_rows_to_show(world: World, label: str) -> None:
    assert one(f"SELECT count(*) FROM {apps.get_model(label)._meta.db_table}") > 0


def test_requisitions_stand_at_every_turn_of_their_way(world: World) -> None:
    states = dict(rows("SELECT state, count(*) FROM orders_requisition GROUP BY 1"))
    assert states == {"waiting": 4, "returned": 1, "declined": 1, "placed": 1}
    assert one("SELECT count(*) FROM orders_requisition WHERE state = 'placed' AND order_id IS NOT NULL") == 1
    assert one("SELECT min(total) FROM orders_requisition") >= 380_000


def test_sequences_stand_behind_the_ids_that_were_given(world: World) -> None:
    for label in ("partners.Company", "catalog.Product", "orders.Order", "orders.Shipment", "sellout.Report"):
        table = apps.get_model(label)._meta.db_table
        assert one(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))") > one(f"SELECT max(id) FROM {table}")


def test_every_legal_entity_has_a_valid_inn(world: World) -> None:
    told = rows("SELECT inn FROM partners_legalentity")
    assert len(told) == 97
    assert all(is_inn(inn) for (inn,) in told)


def test_reserved_equals_the_active_reservations(world: World) -> None:
    shelves = """
        SELECT b.id FROM stock_balance b LEFT JOIN (
            SELECT product_id, warehouse_id, sum(quantity) AS quantity FROM stock_reservation
            WHERE state = 'active' AND arrival_id IS NULL GROUP BY 1, 2
        ) r USING (product_id, warehouse_id) WHERE b.reserved <> COALESCE(r.quantity, 0)"""
    arrivals = """
        SELECT a.id FROM stock_arrival a LEFT JOIN (
            SELECT arrival_id, sum(quantity) AS quantity FROM stock_reservation WHERE state = 'active' GROUP BY 1
        ) r ON r.arrival_id = a.id WHERE a.reserved <> COALESCE(r.quantity, 0) OR a.reserved > a.quantity"""
    assert rows(shelves) == rows(arrivals) == []
    assert one("SELECT count(*) FROM stock_reservation WHERE state = 'active'") > 20
    assert one("SELECT count(*) FROM stock_balance WHERE reserved > on_hand") == 0


def test_the_ledger_adds_up_and_each_seller_has_one_count_to_mend(world: World) -> None:
    with entered(system_scope()):
        for seller in (2, 3, 4, 5, 6):
            found = differences(seller_id=seller)
            assert {kind: len(told) for kind, told in found.items() if told} == {DifferenceKind.ERP: 1}, seller


def test_a_late_lorry_asks_the_buyers_of_the_orders_that_count_on_it(world: World) -> None:
    assert one("SELECT count(*) FROM orders_need WHERE cause = 'moved' AND settled_at IS NULL") >= 1


def test_orders_and_shipments_come_to_the_sum_of_their_lines(world: World) -> None:
    orders = """
        SELECT o.number FROM orders_order o JOIN (
            SELECT order_id, sum(total) AS total, count(*) AS lines FROM orders_orderline GROUP BY 1
        ) l ON l.order_id = o.id WHERE o.total <> l.total OR o.line_count <> l.lines"""
    shipments = """
        SELECT s.number FROM orders_shipment s JOIN (
            SELECT shipment_id, sum(total) AS total FROM orders_shipmentline GROUP BY 1
        ) l ON l.shipment_id = s.id WHERE s.total <> l.total"""
    assert rows(orders) == rows(shipments) == []
    assert one("SELECT count(*) FROM orders_order WHERE line_count = 0") == 0


def test_open_orders_stand_in_many_states(world: World) -> None:
    told = dict(rows("SELECT state, count(*) FROM orders_order GROUP BY 1"))
    assert {"attention", "confirmed", "in_work", "partly_shipped", "completed"} <= set(told)
    assert told["attention"] >= 5
    assert one("SELECT count(*) FROM orders_order WHERE state = 'attention' AND attention = '[]'") == 0
    assert one("SELECT count(*) FROM orders_order WHERE state = 'placed'") == 0


def test_the_golden_product_lies_and_arrives_as_its_case_wants(world: World) -> None:
    assert rows("SELECT sum(on_hand), sum(reserved) FROM stock_balance WHERE product_id = 1 AND warehouse_id < 3") == [
        (Decimal(50), Decimal(0))
    ]
    assert rows("SELECT quantity, due_on FROM stock_arrival WHERE product_id = 1") == [
        (Decimal(70), world.today + timedelta(days=21))
    ]
    assert one("SELECT quantity FROM orders_cartline WHERE product_id = 1") == Decimal(100)


def test_whoever_is_told_to_sign_in_can(world: World) -> None:
    told = rows("SELECT u.password FROM accounts_user u JOIN partners_member m ON m.user_id = u.id WHERE u.id <= 10")
    assert len(told) == 10
    assert check_password(PASSWORD, told[0][0])


def test_an_accepted_report_is_what_stands_in_its_file(world: World) -> None:
    from zveno.sellout.models import Report, ReportLine

    for distributor in (3, 4, 5, 6):
        accepted = Report.objects.unscoped("a test").filter(distributor_id=distributor, state="accepted")
        report = accepted.latest("id")
        with files.on_disk(report.file) as path:
            sheet = read_workbook(path, report.file.name)[report.sheet]
            lines = list(apply_mapping(sheet, Mapping.from_json(report.mapping)))
        assert all(isinstance(line, RawLine) for line in lines)
        stored = ReportLine.objects.unscoped("a test").filter(report=report).order_by("row")
        told = [
            (x.place.row, x.sold_on, x.quantity, x.amount, x.product_code, x.article, x.barcode, x.customer_inn)
            for x in lines
            if isinstance(x, RawLine)
        ]
        kept = stored.values_list("row", "sold_on", "quantity", "total", "code", "article", "barcode", "customer_inn")
        assert len(told) > 5
        assert told == list(kept)


def test_an_early_report_waits_for_answers_about_strange_codes(world: World) -> None:
    told = rows("SELECT id, distributor_id, summary FROM sellout_report WHERE state = 'asking'")
    assert [distributor for _, distributor, _ in told] == [4]
    assert one("SELECT count(*) FROM sellout_question WHERE report_id = %s AND answered_at IS NULL", told[0][0]) > 0
    assert one("SELECT count(*) FROM sellout_reportline WHERE report_id = %s AND is_counted", told[0][0]) == 0


def test_a_broken_file_and_whole_ones_stand_in_the_journal(world: World) -> None:
    told = rows("SELECT state, count(*) FROM exchange_inboxfile GROUP BY 1")
    assert dict(told) == {"applied": 8, "refused": 1}
    assert one("SELECT count(*) FROM exchange_inboxfile WHERE counts->'product'->>'changed' <> '0'") == 0
    assert one("SELECT count(*) FROM catalog_product") == len(world.goods)


def test_a_second_start_finds_the_world_standing(world: World) -> None:
    assert is_loaded()
    params = one("SELECT params FROM base_auditentry WHERE action = 'demo_world_loaded'")
    assert f'"scale": {SCALE}' in str(params) or params["scale"] == SCALE


def test_the_sample_of_the_first_distributor_is_read_by_the_layout_remembered(world: World, tmp_path: Path) -> None:
    made = write_samples(world, tmp_path)
    assert all(path.stat().st_size > 100 for path in made)
    sales = next(path for path in made if path.suffix == ".xlsx")
    layout = likeliest(survey(read_workbook(sales, sales.name)))
    known = rows("SELECT signature FROM sellout_layout WHERE distributor_id = 3")
    assert layout is not None
    assert [(layout.signature,)] == known


@pytest.mark.django_db
def test_a_database_in_use_is_left_alone() -> None:
    from tests.world import seller

    assert not is_loaded()
    seller()
    with pytest.raises(DatabaseInUse):
        is_loaded()
