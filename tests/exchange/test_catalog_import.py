"""An export of a catalog into the house: everything in its place, once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.exchange.conftest import Link

from zveno.catalog.models import Category, Listing, Product, Property
from zveno.plugins.erp.commerceml.generate import write_export
from zveno.pricing.models import Price, PriceKind
from zveno.stock.models import Balance, Warehouse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("split", [False, True], ids=["two files", "four files"])
def test_everything_of_an_export_arrives_in_its_place(link: Link, tmp_path: Path, split: bool) -> None:
    export = write_export(tmp_path / "out", products=50, split=split)
    files = link.feed(*reversed(export.paths))
    assert {file.state for file in files} == {"applied"}
    assert [file.refusals for file in files] == [{}] * len(files)
    products = Product.objects.filter(owner=link.seller.company)
    assert products.filter(variant_of=None).count() == export.products
    assert products.exclude(variant_of=None).count() == 15
    assert products.filter(has_variants=True).count() == 5
    assert Listing.objects.unscoped("a test looks").filter(is_active=True).count() == 65
    assert Price.objects.unscoped("a test looks").count() == export.prices
    assert Balance.objects.unscoped("a test looks").count() == export.stocks
    assert Category.objects.count() == export.categories
    assert PriceKind.objects.unscoped("a test looks").count() == 3
    assert Warehouse.objects.unscoped("a test looks").count() == 4
    assert Property.objects.count() == 4
    one = products.get(code="ЗВ-000010", variant_of=None)
    assert one.category is not None
    assert one.category.path == f"/{one.category.parent_id}/{one.category_id}/"
    assert one.vat_percent == Decimal(22)
    assert set(one.attributes) >= {"Бренд", "Цвет", "Длина, мм", "Гарантия"}
    variant = one.variants.order_by("name").first()
    assert variant is not None
    assert variant.name.startswith(f"{one.name} (")
    assert variant.attributes["Размер"] in "SML"
    assert variant.category_id == one.category_id
    assert len(variant.barcodes) == 1


def test_a_second_import_of_the_same_changes_nothing(link: Link, tmp_path: Path) -> None:
    export = write_export(tmp_path / "out", products=50)
    link.feed(*export.paths)
    before = _state()
    files = link.feed(*export.paths)
    assert _state() == before
    for file in files:
        for kind, counts in file.counts.items():
            assert counts["unchanged"] == counts["seen"], (file.name, kind, counts)


def _state() -> list[object]:
    products = Product.objects.order_by("id").values()
    prices = Price.objects.unscoped("a test looks").order_by("id").values("id", "value", "valid_from", "valid_to")
    balances = Balance.objects.unscoped("a test looks").order_by("id").values("id", "on_hand", "reserved")
    return [list(rows) for rows in (products, prices, balances, Category.objects.order_by("id").values())]
