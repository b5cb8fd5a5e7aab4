"""Reading and adding a pasted block."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import deals
from tests.deals import Deal

from zveno.orders.actions.paste_lines import Pasted, paste_lines
from zveno.orders.errors import NothingPasted
from zveno.orders.models import CartLine
from zveno.orders.rules.paste import number_of, read_block

D = Decimal


@pytest.mark.parametrize(
    ("text", "code", "quantity"),
    [
        ("СВ-00012\t5", "СВ-00012", "5"),
        ("5\tСВ-00012", "СВ-00012", "5"),
        ("СВ-00012;1,5", "СВ-00012", "1.5"),
        ("СВ-00012 | 5 шт.", "СВ-00012", "5"),
        ("СВ-00012 5", "СВ-00012", "5"),
        ("5 x СВ-00012", "СВ-00012", "5"),
        ("СВ-00012 — 5 шт", "СВ-00012", "5"),
        ("СВ-00012,5", "СВ-00012", "5"),
        ("СВ-00012=5", "СВ-00012", "5"),
        ("СВ-00012\t1 200,5", "СВ-00012", "1200.5"),
        ("СВ-00012\t1\u00a0200", "СВ-00012", "1200"),
        ("1\tСВ-00012\tСветильник 60 Вт\t5\t1000,00\t5000,00", "СВ-00012", "5"),
        ("4600123456789\t7", "4600123456789", "7"),
        ("7\t4600123456789", "4600123456789", "7"),
        ("10025\t12", "10025", "12"),
        ('"СВ-00012";"5"', "СВ-00012", "5"),
        ("СВ 00012 5", "СВ 00012", "5"),
        ("СВ-00012", "СВ-00012", None),
        ("СВ-00012\t-5", "СВ-00012", "-5"),
    ],
)
def test_the_likeliest_reading_of_a_row(text: str, code: str, quantity: str | None) -> None:
    (row,) = read_block(text)
    assert (row.readings[0].code, row.readings[0].quantity) == (code, D(quantity) if quantity else None)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("5", "5"), ("1,5", "1.5"), ("1 000", "1000"), ("12 шт", "12"), ("-3", "-3"), ("5-6", None), ("1.2.3", None),
     ("10 00", None), ("", None), ("шт", None), ("12A", None)],
)  # fmt: skip
def test_numbers_in_cells(cell: str, number: str | None) -> None:
    assert number_of(cell) == (D(number) if number else None)


def test_a_header_and_blank_rows_are_left_out_and_numbers_of_rows_stay() -> None:
    rows = read_block("Артикул\tКол-во\n\nA-1\t2\r\n\nB-2\t3\n")
    assert [(row.number, row.readings[0].code) for row in rows] == [(3, "A-1"), (5, "B-2")]


@pytest.mark.parametrize("text", ["|", ";;;", '"" ; ""', "\t \t", "---", "| AVR-1 |"])
def test_rows_of_dividers_alone_are_blank(text: str) -> None:
    assert [row.readings[0].code for row in read_block(text)] == (["AVR-1"] if "AVR" in text else [])


@given(st.text(max_size=200))
def test_any_text_is_read_without_falling(text: str) -> None:
    for row in read_block(text):
        assert row.readings
        assert row.number >= 1


@pytest.fixture
def deal(db: None) -> Deal:
    return deals.deal()


def paste(deal: Deal, text: str) -> Pasted:
    with deal.buying() as actor:
        return paste_lines(actor=actor, seller_id=deal.seller_id, text=text)


def in_cart() -> dict[int, Decimal]:
    return dict(CartLine.objects.unscoped("a test looks").values_list("product_id", "quantity"))


def test_codes_barcodes_and_either_alphabet_are_found_and_the_same_code_is_summed(deal: Deal) -> None:
    lamp = deal.product(code="АВ-12")
    bulb = deal.product(code="Z-7", barcodes=["4600123456789"])
    found = paste(deal, "code\tqty\nAB 12\t2\nав12\t3\n4600123456789;4\nz7 1")
    assert not found.doubts
    assert in_cart() == {lamp.pk: D(5), bulb.pk: D(5)}
    assert [(line.product.id, line.quantity, line.rows) for line in found.added] == [
        (lamp.pk, D(5), (2, 3)),
        (bulb.pk, D(5), (4, 5)),
    ]


def test_pasting_adds_to_what_is_in_the_cart(deal: Deal) -> None:
    lamp = deal.product(code="A-1")
    paste(deal, "A-1 2")
    paste(deal, "A-1 3")
    assert in_cart() == {lamp.pk: D(5)}


def test_a_code_inside_a_longer_cell_is_found(deal: Deal) -> None:
    lamp = deal.product(code="A-1")
    paste(deal, "Лампа A-1 белая\t3")
    assert in_cart() == {lamp.pk: D(3)}


def test_what_is_not_clear_is_asked_and_the_rest_is_added(deal: Deal) -> None:
    lamp = deal.product(code="A-1")
    packed = deal.product(code="P-6", pack_quantity=D(6))
    twin_one, twin_two = deal.product(code="T-1"), deal.product(code="T1")
    near = deal.product(code="LONG-77-RED")
    hidden = deal.product(code="H-1", listed=False)
    text = "A-1 2\nNOPE-1 3\nT-1 1\nP-6 7\nA-1\nLONG-77 5\nH-1 1\nA-1 -4\nA-1 0"
    found = paste(deal, text)
    assert in_cart() == {lamp.pk: D(2)}
    doubts = {doubt.number: (doubt.problem.code, [c.id for c in doubt.candidates]) for doubt in found.doubts}
    assert doubts == {
        2: ("unknown_code", []),
        3: ("several_products", [twin_one.pk, twin_two.pk]),
        4: ("not_whole_packs", [packed.pk]),
        5: ("no_quantity", [lamp.pk]),
        6: ("unknown_code", [near.pk]),
        7: ("unknown_code", []),
        8: ("quantity_not_positive", [lamp.pk]),
        9: ("quantity_not_positive", [lamp.pk]),
    }
    assert hidden.pk not in in_cart()


def test_a_number_that_could_be_code_or_quantity_is_the_one_that_exists(deal: Deal) -> None:
    article = deal.product(code="250")
    paste(deal, "12 250\n250;3")
    assert in_cart() == {article.pk: D(15)}


def test_nothing_to_paste(deal: Deal) -> None:
    with pytest.raises(NothingPasted):
        paste(deal, " \n\n")


def test_a_block_of_five_thousand_rows_takes_few_statements(deal: Deal, django_assert_max_num_queries: object) -> None:
    products = [deal.product(code=f"Q-{n:04}") for n in range(300)]
    text = "\n".join(f"{product.code}\t{n + 1}" for n, product in enumerate(products))
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        found = paste(deal, text)
    assert (len(found.added), found.doubts) == (300, ())
