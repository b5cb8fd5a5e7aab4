"""A line's product: codes first, names with suspicion, silence rather than a guess."""

from __future__ import annotations

import pytest

from zveno.sellout.learned import trained
from zveno.sellout.rules.matching import Asked, Product, ProductIndex, Verdict, own_key
from zveno.sellout.rules.matching.names import agreement, conflicts, take_apart

PRODUCTS = [
    Product(1, "LMP-10W", "Лампа светодиодная Ledex A60 10W E27 4000K", ("4601234567893",), "Ledex"),
    Product(2, "LMP-100W", "Лампа светодиодная Ledex A60 100W E27 4000K", (), "Ledex"),
    Product(3, "KR-27-W", "Краска фасадная Dufa Premium белая 2,7 л", ("4006381333931",), "Dufa", ("KR27OLD",)),
    Product(4, "KR-09-W", "Краска фасадная Dufa Premium белая 0,9 л", (), "Dufa"),
    Product(5, "KR-27-C", "Краска фасадная Dufa Premium черная 2,7 л", (), "Dufa"),
    Product(6, "00-000123", "Перчатки нитриловые Gloves чёрные", (), "Gloves"),
    Product(7, "00-000124", "Перчатки нитриловые Gloves чёрные уп. 100 шт", (), "Gloves"),
    Product(8, "А12В", "Выключатель автоматический ВА47-29 1P 16А", (), "IEK"),
    Product(9, "RAD22-500-1200", "Радиатор стальной тип 22 500x1200", (), "Meteor"),
    Product(10, "RAD22-500-1300", "Радиатор стальной тип 22 500x1300", (), "Meteor"),
    Product(11, "7724601304", "Шуруповёрт аккумуляторный Makita DF333DWAE", (), "Makita"),
]
INDEX = ProductIndex(PRODUCTS, trained())


@pytest.mark.parametrize(
    ("case", "asked", "verdict", "product_id", "reason"),
    [
        ("article", Asked(article="KR-27-W"), "certain", 3, "article"),
        ("article in small letters", Asked(article=" kr-27-w "), "certain", 3, "article"),
        ("article without marks", Asked(article="KR27W"), "certain", 3, "folded_article"),
        ("article typed in Latin", Asked(article="A12B"), "certain", 8, "folded_article"),
        (
            "zeros lost by a spreadsheet",
            Asked(article="123", name="Перчатки нитриловые Gloves"),
            "certain",
            6,
            "folded_article",
        ),
        ("former code", Asked(article="KR27OLD"), "certain", 3, "former_code"),
        ("barcode", Asked(barcode="4006381333931"), "certain", 3, "barcode"),
        ("barcode as GTIN-14", Asked(barcode="04006381333931"), "certain", 3, "barcode"),
        (
            "sender's code equal to an article",
            Asked(product_code="KR-27-W", name="Краска Dufa фасадная 2.7л"),
            "certain",
            3,
            "product_code",
        ),
        ("code in the name", Asked(name="Радиатор RAD22-500-1300 Метеор"), "certain", 10, "code_in_name"),
        ("model in the name", Asked(name="Makita DF333DWAE шуруповерт"), "likely", 11, "name"),
        ("same name", Asked(name="краска фасадная DUFA premium белая 2.7л"), "certain", 3, "same_name"),
        (
            "brand in the other alphabet",
            Asked(name="Краска фасадная Дюфа премиум белая 2,7л"),
            "certain",
            3,
            "same_name",
        ),
        ("nothing of the kind", Asked(name="Доставка по городу"), "unknown", None, "nothing_alike"),
        ("nothing said", Asked(), "unknown", None, "nothing_alike"),
    ],
)
def test_a_line_finds_its_product(case, asked, verdict, product_id, reason):
    match = INDEX.resolve(asked)
    assert (match.verdict, match.product_id, match.reason) == (verdict, product_id, reason)


@pytest.mark.parametrize(
    ("case", "name", "wrong"),
    [
        ("10 W is not 100 W", "Лампа светодиодная Ledex A60 1000W E27 4000K", {1, 2}),
        ("0.9 l is not 2.7 l", "Краска фасадная Dufa Premium белая 9 л", {3, 4}),
        ("a pack is not a piece", "Перчатки нитриловые Gloves чёрные уп. 50 шт", {6, 7}),
        ("1200 is not 1300", "Радиатор стальной тип 22 500x1400", {9, 10}),
    ],
)
def test_a_size_that_no_product_has_is_never_certain(case, name, wrong):
    match = INDEX.resolve(Asked(name=name))
    assert match.verdict is not Verdict.CERTAIN
    assert all("conflicts" in candidate.params for candidate in match.candidates if candidate.product_id in wrong)


@pytest.mark.parametrize(
    ("name", "product_id"),
    [
        ("Лампа Ledex A60 100W E27", 2),
        ("Лампа Ledex A60 10W E27", 1),
        ("Краска Dufa фасадная черная 2.7л", 5),
        ("Краска Dufa фасадн. белая 900 мл", 4),
        ("Радиатор тип 22 500х1200 стальной", 9),
        ("Перчатки нитриловые черные Gloves 100 шт", 7),
    ],
)
def test_sizes_units_and_colours_choose_among_alike_names(name, product_id):
    assert INDEX.resolve(Asked(name=name)).candidates[0].product_id == product_id


def test_the_senders_confirmed_map_goes_before_everything():
    asked = Asked(product_code="000-77", article="KR-27-W", name="что угодно")
    match = INDEX.resolve(asked, {own_key(asked): 5})
    assert (match.verdict, match.product_id, match.reason, match.score) == ("certain", 5, "own_map", 1.0)


def test_a_code_whose_name_is_another_thing_is_asked_about():
    match = INDEX.resolve(Asked(article="KR-27-W", name="Шуруповёрт аккумуляторный Makita"))
    assert match.verdict is Verdict.LIKELY
    code = next(candidate for candidate in match.candidates if candidate.product_id == 3)
    assert code.params["conflicts"] == "name"


def test_a_code_whose_name_has_another_size_is_asked_about():
    match = INDEX.resolve(Asked(article="KR-27-W", name="Краска фасадная Dufa Premium белая 0,9 л"))
    assert match.verdict is Verdict.LIKELY or match.product_id == 4
    assert {candidate.product_id for candidate in match.candidates} >= {3, 4}


def test_article_and_barcode_of_two_products_are_asked_about():
    match = INDEX.resolve(Asked(article="KR-09-W", barcode="4006381333931"))
    assert match.verdict is Verdict.LIKELY
    assert {candidate.product_id for candidate in match.candidates} == {3, 4}


def test_one_code_of_two_products_is_asked_about():
    index = ProductIndex([Product(1, "X-1000", "Стол"), Product(2, "X1000", "Стул")], trained())
    assert index.resolve(Asked(article="Х 1000")).verdict is Verdict.LIKELY


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        ("Лампа 10W", "Лампа 100 Вт", "power"),
        ("Краска 2,7 л", "Краска 0.9л", "volume"),
        ("Кабель 100 м", "Кабель 50м", "length"),
        ("Масло 5W30 4л", "Масло 5W40 4л", "model"),
        ("Пиво 0,5 л", "Пиво 24x0,5 л", "pack"),
        ("Дверь левая", "Дверь правая", "side"),
        ("Стол белый", "Стол чёрный", "colour"),
        ("Розетка тип 22", "Розетка тип 33", "number"),
    ],
)
def test_what_speaks_against_two_names_being_one(first, second, conflict):
    assert conflict in conflicts(take_apart(first), take_apart(second))
    assert conflict in conflicts(take_apart(second), take_apart(first))
    assert conflicts(take_apart(first), take_apart(first)) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Лампа 0,01 кВт", "Лампа 10W"),
        ("Краска 900 мл", "Краска 0.9 л"),
        ("Рейка 100 см", "Рейка 1м"),
        ("Клей 1 кг", "Клей 1000 г"),
    ],
)
def test_one_size_in_two_units_is_no_conflict(first, second):
    assert conflicts(take_apart(first), take_apart(second)) == ()
    assert "sizes" in agreement(take_apart(first), take_apart(second))
