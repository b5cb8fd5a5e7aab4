"""Finding products by typing, by group and by attribute; counts; the nearest by spelling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import world

from zveno.base.scope import Scope, Section, entered
from zveno.catalog.models import Property
from zveno.catalog.queries.card import product_card
from zveno.catalog.queries.facets import summary_of
from zveno.catalog.queries.listing import Wanted, find_products
from zveno.catalog.queries.tree import catalog_tree
from zveno.catalog.rules.search import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> world.Partner:
    return world.seller("Свет")


@pytest.fixture
def buying(seller: world.Partner) -> Iterator[int]:
    """Inside a buyer's transaction; gives the seller's id."""
    with transaction.atomic(), entered(Scope(section=Section.BUYING, sellers=(seller.company.pk,))):
        yield seller.company.pk


def codes(seller_id: int, text: str = "", **narrowed: object) -> list[str]:
    found = find_products(wanted=Wanted(seller_id=seller_id, search=typed(text), **narrowed))  # type: ignore[arg-type]
    return [row.code for row in found.rows]


@pytest.fixture
def goods(seller: world.Partner) -> None:
    lamps = world.category(seller, "Лампы")
    world.product(seller, "Лампа светодиодная А60 10 Вт", code="АВ-12", barcodes=["4600000000017"], category=lamps,
                  brand="Эра", attributes={"Цоколь": "E27", "Мощность": "10 Вт"})  # fmt: skip
    world.product(seller, "Лампа светодиодная А60 12 Вт", code="АВ-120", category=lamps, brand="Эра",
                  attributes={"Цоколь": "E27", "Мощность": "12 Вт"})  # fmt: skip
    world.product(seller, "Свеча ёлочная", code="КМ-7", category=lamps, brand="Заря",
                  attributes={"Цоколь": "E14", "Мощность": "5 Вт"})  # fmt: skip
    world.product(seller, "Розетка двойная", code="РЗ-2")
    world.product(seller, "Розетка скрытая", code="РЗ-9", listed=False)


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("part of a name", "светодиод", ["АВ-12", "АВ-120"]),
        ("words in any order", "10 лампа", ["АВ-12"]),
        ("exact code before longer ones", "ав-12", ["АВ-12", "АВ-120"]),
        ("latin letters for a cyrillic code", "AB12", ["АВ-12", "АВ-120"]),
        ("part of a code", "в-120", ["АВ-120"]),
        ("ё typed as е", "елочная", ["КМ-7"]),
        ("е kept, ё typed", "свёча", ["КМ-7"]),
        ("a barcode", "4600000000017", ["АВ-12"]),
        ("part of a barcode", "000017", ["АВ-12"]),
        ("a typing slip", "свтеодиодная", ["АВ-12", "АВ-120"]),
        ("letters left out", "розека", ["РЗ-2"]),
        ("latin look-alikes in a name", "a60 12", ["АВ-120"]),
        ("a percent sign is a letter like others", "100%", []),
        ("two letters begin a word", "св", ["АВ-12", "АВ-120", "КМ-7"]),
        ("two letters inside no word", "ка", []),
        ("nothing like it", "экскаватор", []),
    ],
)
def test_typing_finds(case: str, text: str, expected: list[str], goods: None, buying: int) -> None:
    assert codes(buying, text)[: len(expected) or 1] == expected, case


def test_search_asks_the_database_less_than_three_times(goods: None, buying: int) -> None:
    with CaptureQueriesContext(connection) as held:
        assert codes(buying, "лампа") == ["АВ-12", "АВ-120"]
    assert len(held) == 1
    with CaptureQueriesContext(connection) as held:
        assert codes(buying, "экскаватор") == []
    assert len(held) == 2


def test_what_is_not_listed_is_not_found(goods: None, buying: int) -> None:
    assert codes(buying, "розетка") == ["РЗ-2"]


def test_a_stranger_finds_nothing(goods: None, seller: world.Partner) -> None:
    with transaction.atomic(), entered(Scope(section=Section.BUYING, sellers=())):
        assert codes(seller.company.pk) == []
        assert codes(seller.company.pk, "светдиодная") == []
        assert catalog_tree(seller_id=seller.company.pk, now=world.NOW).total == 0


def test_the_list_goes_by_name_or_by_code_and_by_pages(goods: None, buying: int) -> None:
    assert codes(buying) == ["АВ-12", "АВ-120", "РЗ-2", "КМ-7"]
    assert codes(buying, sort="-code") == ["РЗ-2", "КМ-7", "АВ-120", "АВ-12"]
    second = find_products(wanted=Wanted(seller_id=buying), offset=2, limit=1)
    assert ([row.code for row in second.rows], second.more) == (["РЗ-2"], True)


def test_attributes_narrow_and_tell_what_each_choice_would_show(goods: None, buying: int) -> None:
    wanted = Wanted(seller_id=buying, attributes={"Цоколь": ["E27"]})
    assert codes(buying, attributes={"Цоколь": ["E27"]}) == ["АВ-12", "АВ-120"]
    with CaptureQueriesContext(connection) as held:
        summary = summary_of(wanted=wanted)
    assert len(held) == 1
    assert summary.total == 2
    told = {f.name: [(v.text, v.count, v.chosen) for v in f.values] for f in summary.facets}
    assert told == {
        "": [("Эра", 2, False)],
        "Цоколь": [("E14", 1, False), ("E27", 2, True)],
        "Мощность": [("10 Вт", 1, False), ("12 Вт", 1, False)],
    } or told == {
        "Цоколь": [("E14", 1, False), ("E27", 2, True)],
        "Мощность": [("10 Вт", 1, False), ("12 Вт", 1, False)],
    }


def test_two_values_of_one_attribute_widen_two_attributes_narrow(goods: None, buying: int) -> None:
    assert codes(buying, attributes={"Цоколь": ["E27", "E14"]}) == ["АВ-12", "АВ-120", "КМ-7"]
    assert codes(buying, attributes={"Цоколь": ["E27"], "Мощность": ["12 Вт"]}) == ["АВ-120"]
    assert codes(buying, brands=["Заря"]) == ["КМ-7"]


def test_an_attribute_that_is_no_filter_is_not_offered(goods: None, seller: world.Partner, buying: int) -> None:
    with transaction.atomic():
        Property.objects.create(owner=seller.company, name="Мощность", is_filter=False)
    assert "Мощность" not in {f.name for f in summary_of(wanted=Wanted(seller_id=buying)).facets}


def test_the_tree_counts_what_lies_below(goods: None, seller: world.Partner, buying: int) -> None:
    tree = catalog_tree(seller_id=buying, now=world.NOW)
    assert tree.total == 4
    assert [(group.name, group.count) for group in tree.roots] == [("Лампы", 3)]
    with CaptureQueriesContext(connection) as held:
        catalog_tree(seller_id=buying, now=world.NOW)
    assert len(held) == 0


def test_a_variant_shows_how_it_differs(seller: world.Partner, buying: int) -> None:
    with transaction.atomic(), entered(Scope(section=Section.SELLING, sellers=(buying,))):
        article = world.product(seller, "Лампа", code="Л1", has_variants=True)
        white = world.product(seller, "Лампа белая", code="Л1-Б", variant_of=article,
                              attributes={"Цвет": "белый", "Цоколь": "E27"})  # fmt: skip
        world.product(seller, "Лампа чёрная", code="Л1-Ч", variant_of=article,
                      attributes={"Цвет": "чёрный", "Цоколь": "E27"})  # fmt: skip
    card = product_card(product_id=white.pk)
    assert card is not None
    assert [(v.code, v.difference, v.current) for v in card.variants] == [
        ("Л1-Б", (("Цвет", "белый"),), True),
        ("Л1-Ч", (("Цвет", "чёрный"),), False),
    ]
    assert codes(buying) == ["Л1-Б", "Л1-Ч"]
