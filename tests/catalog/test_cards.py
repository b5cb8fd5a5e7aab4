"""How a card joins what is known of a product."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zveno.catalog.rules.cards import ProductCard, ProductRow, followed, merged

LAMP = ProductRow(name="Лампа", code="Л-1", brand="Свет", category_id=7, attributes={"Цвет": "белый"}, barcodes=("1",))


@pytest.mark.parametrize(
    ("case", "card", "expected"),
    [
        ("what is not told stands", ProductCard(), {}),
        ("what is told replaces", ProductCard(code="Л-2", brand=""), {"code": "Л-2", "brand": ""}),
        ("attributes told replace all", ProductCard(attributes={"Вес": "1"}), {"attributes": {"Вес": "1"}}),
        ("barcodes told replace", ProductCard(barcodes=("2", "2")), {"barcodes": ("2",)}),
        ("no barcodes told leaves them", ProductCard(barcodes=None), {}),
        ("an offer adds a barcode", ProductCard(barcodes=("2",), fills_only=True), {"barcodes": ("1", "2")}),
        ("an offer does not rename", ProductCard(name="Лампа (шт)", fills_only=True), {}),
        ("an offer fills what is empty", ProductCard(description="x", fills_only=True), {"description": "x"}),
        ("a deletion", ProductCard(deleted=True), {"deleted": True}),
    ],
)
def test_a_card_joins_a_known_product(case: str, card: ProductCard, expected: dict[str, object]) -> None:
    from dataclasses import replace

    assert merged(card, known=LAMP) == replace(LAMP, **expected)  # type: ignore[arg-type]


def test_a_variant_begins_as_its_base_and_is_named_by_what_it_differs_in() -> None:
    card = ProductCard(variant_of_id=1, name="Лампа", attributes={"Размер": "M"}, distinction="M", barcodes=("9",))
    row = merged(card, known=None, base=LAMP)
    assert (row.name, row.code, row.category_id, row.barcodes) == ("Лампа (M)", "Л-1", 7, ("9",))
    assert row.attributes == {"Цвет": "белый", "Размер": "M"}


def test_a_name_of_its_own_is_kept() -> None:
    card = ProductCard(variant_of_id=1, name="Лампа малая", distinction="M")
    assert merged(card, known=None, base=LAMP).name == "Лампа малая"


def test_a_variant_follows_its_base_in_what_it_had_from_it() -> None:
    from dataclasses import replace

    variant = replace(
        LAMP, variant_of_id=1, name="Лампа (M)", brand="Иное", attributes={"Цвет": "белый", "Размер": "M"}
    )
    after = replace(LAMP, name="Лампа 2", brand="Новый", category_id=8, attributes={"Цвет": "серый"})
    led = followed(variant, before=LAMP, after=after)
    assert (led.name, led.brand, led.category_id) == ("Лампа 2 (M)", "Иное", 8)
    assert led.attributes == {"Цвет": "серый", "Размер": "M"}


def test_a_deleted_product_comes_back_when_its_card_is_told_again() -> None:
    from dataclasses import replace

    gone = replace(LAMP, deleted=True)
    assert merged(ProductCard(), known=gone) == LAMP
    assert merged(ProductCard(fills_only=True), known=gone).deleted
    assert merged(ProductCard(pack_quantity=Decimal(5)), known=gone).pack_quantity == 5
