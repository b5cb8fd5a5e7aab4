"""What a catalogue, an offers package and a classifier tell."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from zveno.exchange.rules.messages import (
    AttributeValue,
    CategoryMessage,
    CounterpartyMessage,
    Doubt,
    ExportFinished,
    ExportPart,
    ExportStarted,
    FileReference,
    PriceKindMessage,
    PriceMessage,
    ProductMessage,
    PropertyKind,
    PropertyMessage,
    StockMessage,
    UnitMessage,
    WarehouseMessage,
)
from zveno.plugins.erp.commerceml.codec import Dictionaries

GUID = "00112233-4455-6677-8899-aabbccddee0"

REQUISITES = "".join(
    f"<ЗначениеРеквизита><Наименование>{name}</Наименование><Значение>{value}</Значение></ЗначениеРеквизита>"
    for name, value in (
        ("ТипНоменклатуры", "Товар"),
        ("Полное наименование", "Дрель ударная"),
        ("ОписаниеФайла", "import_files/aa/1.jpg#Вид спереди"),
        ("Файл", "import_files/aa/паспорт.pdf"),
        ("Сезон", "лето"),
    )
)
FULL_PRODUCT = f"""
<Товар>
  <Ид>{GUID}1</Ид><Штрихкод>4600000000015</Штрихкод><Штрихкод>4600000000022; 4600000000039</Штрихкод>
  <Артикул> А-1 </Артикул><Код>00000000042</Код><Наименование>Дрель &amp;quot;Вихрь&amp;quot;</Наименование>
  <БазоваяЕдиница Код="796 " НаименованиеПолное="Штука" МеждународноеСокращение="PCE">шт
    <Пересчет><Единица>778</Единица><Коэффициент>12</Коэффициент></Пересчет></БазоваяЕдиница>
  <Группы><Ид>г1</Ид><Ид>г2</Ид><Ид>г1</Ид></Группы>
  <Категория>вид1</Категория><Описание>Дрель</Описание>
  <Картинка>import_files/aa/1.jpg</Картинка><Картинка>import_files/aa/2.jpg</Картинка><Картинка/>
  <Страна>РОССИЯ</Страна><ТорговаяМарка>Вихрь</ТорговаяМарка>
  <Изготовитель><Ид>и</Ид><Наименование>Завод</Наименование></Изготовитель>
  <Вес>1,25</Вес><Ширина>0</Ширина><Длина>30</Длина>
  <ЗначенияСвойств>
    <ЗначенияСвойства><Ид>с1</Ид><Значение>{GUID}a</Значение></ЗначенияСвойства>
    <ЗначенияСвойства><Ид>с2</Ид><Значение>500</Значение></ЗначенияСвойства>
    <ЗначенияСвойства><Ид>с3</Ид><Значение/></ЗначенияСвойства>
    <ЗначенияСвойства><Ид>с1</Ид><Значение>00000000-0000-0000-0000-000000000000</Значение></ЗначенияСвойства>
  </ЗначенияСвойств>
  <СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>22</Ставка></СтавкаНалога></СтавкиНалогов>
  <ЗначенияРеквизитов>{REQUISITES}</ЗначенияРеквизитов>
</Товар>"""

CLASSIFIER = f"""
<Классификатор><Ид>к</Ид><Наименование>Классификатор</Наименование>
  <Группы><Группа><Ид>г1</Ид><Наименование>Инструмент</Наименование><Группы>
     <Группа><Ид>г2</Ид><Наименование>Дрели</Наименование></Группа>
     <Группа Статус="Удален"><Ид>г3</Ид><Наименование>Старое</Наименование></Группа></Группы></Группа></Группы>
  <Свойства>
    <Свойство><Ид>с1</Ид><Наименование>Бренд</Наименование><ТипЗначений>Справочник</ТипЗначений><ВариантыЗначений>
      <Справочник><ИдЗначения>{GUID}a</ИдЗначения><Значение>Вихрь</Значение></Справочник></ВариантыЗначений></Свойство>
    <Свойство><Ид>с2</Ид><Наименование>Мощность</Наименование><ТипЗначений>Число</ТипЗначений>
      <ДляПредложений>true</ДляПредложений></Свойство></Свойства>
  <Категории><Категория><Ид>вид1</Ид><Наименование>Электроинструмент</Наименование>
    <Свойства><Ид>с1</Ид><Ид>с2</Ид></Свойства></Категория></Категории>
  <ЕдиницыИзмерения><ЕдиницаИзмерения><Ид>796 </Ид><НаименованиеКраткое>шт</НаименованиеКраткое><Код>796 </Код>
    </ЕдиницаИзмерения></ЕдиницыИзмерения>
</Классификатор>"""


def test_classifier_tells_groups_parents_first_then_properties_kinds_and_units(samples, read):
    told = read(samples.commerceml(CLASSIFIER))
    assert told.of(CategoryMessage) == [
        CategoryMessage("г1", "", "Инструмент"),
        CategoryMessage("г2", "г1", "Дрели"),
        CategoryMessage("г3", "г1", "Старое", deleted=True),
    ]
    assert told.of(PropertyMessage) == [
        PropertyMessage("с1", "Бренд", PropertyKind.REFERENCE, ((f"{GUID}a", "Вихрь"),)),
        PropertyMessage("с2", "Мощность", PropertyKind.NUMBER, for_offers=True),
    ]
    assert told.only(UnitMessage) == UnitMessage("796", "796", "шт")
    assert told.doubts == {}


def test_full_card_is_understood_to_the_last_requisite(samples, read):
    told = read(samples.commerceml(f"{CLASSIFIER}<Каталог><Ид>к</Ид><Товары>{FULL_PRODUCT}</Товары></Каталог>"))
    assert told.only(ProductMessage) == ProductMessage(
        external_id=f"{GUID}1",
        code="А-1",
        erp_code="00000000042",
        name='Дрель "Вихрь"',
        full_name="Дрель ударная",
        description="Дрель",
        category_external_ids=("г1", "г2"),
        kind_external_id="вид1",
        kind="Электроинструмент",
        type_name="Товар",
        unit_code="796",
        unit_name="шт",
        unit_international="PCE",
        pack_quantity=Decimal(12),
        barcodes=("4600000000015", "4600000000022", "4600000000039"),
        brand="Вихрь",
        manufacturer="Завод",
        country="РОССИЯ",
        attributes=(
            AttributeValue("", "Длина", "30"),
            AttributeValue("с1", "Бренд", "Вихрь", f"{GUID}a"),
            AttributeValue("с2", "Мощность", "500"),
            AttributeValue("", "Сезон", "лето"),
        ),
        pictures=(FileReference("import_files/aa/1.jpg", "Вид спереди"), FileReference("import_files/aa/2.jpg")),
        documents=(FileReference("import_files/aa/паспорт.pdf"),),
        vat_rate=Decimal(22),
        weight_g=Decimal("1250.00"),
    )


def test_dictionary_of_an_earlier_file_resolves_values_of_a_later_one(samples, read):
    known = Dictionaries()
    read(samples.commerceml(CLASSIFIER), known)
    told = read(samples.catalog(FULL_PRODUCT), known)
    assert AttributeValue("с1", "Бренд", "Вихрь", f"{GUID}a") in told.only(ProductMessage).attributes
    assert told.doubts == {}


def test_value_of_an_untold_dictionary_keeps_its_id_and_is_doubted_once(samples, read):
    told = read(samples.catalog(FULL_PRODUCT + FULL_PRODUCT))
    assert AttributeValue("с1", "", "", f"{GUID}a") in told.of(ProductMessage)[0].attributes
    assert told.doubts == {"property_unknown": 2}


def test_dictionaries_learn_from_canonical_messages_told_long_ago(samples, read):
    known = Dictionaries()
    known.learn(PropertyMessage("с1", "Бренд", PropertyKind.REFERENCE, ((f"{GUID}a", "Вихрь"),)))
    told = read(samples.catalog(FULL_PRODUCT), known)
    assert AttributeValue("с1", "Бренд", "Вихрь", f"{GUID}a") in told.only(ProductMessage).attributes


def test_offer_tells_a_partial_variant_then_prices_then_stock(samples, read):
    told = read(
        samples.offers(
            """<Предложение><Ид>т#х</Ид><Наименование>Дрель (красная)</Наименование>
            <ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Цвет</Наименование><Значение>красный</Значение>
            </ХарактеристикаТовара></ХарактеристикиТовара>
            <Цены><Цена><Представление>1 234,50 руб. за шт</Представление><ИдТипаЦены>опт</ИдТипаЦены>
            <ЦенаЗаЕдиницу>1 234,50</ЦенаЗаЕдиницу><Валюта>руб.</Валюта><Единица>шт</Единица>
            <Коэффициент>10</Коэффициент><МинКоличество>5</МинКоличество></Цена></Цены>
            <Количество>7</Количество></Предложение>"""
        )
    )
    assert told.messages[1:-1] == [
        ProductMessage(
            "т#х", base_external_id="т", name="Дрель (красная)", characteristics=(("Цвет", "красный"),), partial=True
        ),
        PriceMessage("т#х", "опт", Decimal("1234.50"), "RUB", "796", "шт", Decimal(10), Decimal(5)),
        StockMessage("т#х", "", Decimal(7)),
    ]
    assert told.messages[-1] == ExportFinished(ExportPart.OFFERS, "к", products=1, prices=1, stocks=1)


def test_offer_of_prices_alone_describes_no_product(samples, read):
    told = read(
        samples.offers(
            "<Предложение><Ид>т</Ид><Цены><Цена><ИдТипаЦены>опт</ИдТипаЦены><ЦенаЗаЕдиницу>5</ЦенаЗаЕдиницу></Цена></Цены>"
            "</Предложение>"
        )
    )
    assert told.of(ProductMessage) == []
    assert told.only(PriceMessage) == PriceMessage("т", "опт", Decimal(5))


@pytest.mark.parametrize(
    ("case", "inside", "expected"),
    [
        ("total", "<Количество>5</Количество>", [("", 5)]),
        ("attributes", '<Количество>5</Количество><Склад ИдСклада="с" КоличествоНаСкладе="5"/>', [("с", 5)]),
        ("children", "<Склад><ИдСклада>с</ИдСклада><КоличествоНаСкладе>2</КоличествоНаСкладе></Склад>", [("с", 2)]),
        (
            "3.1",
            (
                "<Остатки><Остаток><Склад><Ид>с</Ид><Количество>1</Количество></Склад></Остаток>"
                "<Остаток><Склад><Ид>ю</Ид><Количество>2</Количество></Склад></Остаток></Остатки>"
            ),
            [("с", 1), ("ю", 2)],
        ),
        ("3.1 total", "<Остатки><Остаток><Количество>9</Количество></Остаток></Остатки>", [("", 9)]),
        (
            "2.05",
            (
                "<КоличествоНаСкладах><КоличествоНаСкладе><ИдСклада>с</ИдСклада><Количество>4</Количество>"
                "</КоличествоНаСкладе></КоличествоНаСкладах>"
            ),
            [("с", 4)],
        ),
        ("nothing", "", []),
        ("empty", "<Количество/>", []),
    ],
)
def test_stock_is_understood_in_every_form(samples, read, case, inside, expected):
    told = read(samples.offers(f"<Предложение><Ид>т</Ид>{inside}</Предложение>"))
    assert [(stock.warehouse_external_id, stock.quantity) for stock in told.of(StockMessage)] == expected
    assert told.doubts == {}


@pytest.mark.parametrize(
    ("case", "told_unit", "expected"),
    [
        ("text and attributes", '<БазоваяЕдиница Код="166">кг</БазоваяЕдиница>', ("166", "кг")),
        ("attributes alone", '<БазоваяЕдиница Код="778" НаименованиеПолное="Упаковка"/>', ("778", "упак")),
        ("code as text", "<БазоваяЕдиница>796 </БазоваяЕдиница>", ("796", "шт")),
        ("a code of their own", '<БазоваяЕдиница Код="2009">шт</БазоваяЕдиница>', ("796", "шт")),
        ("children", "<Единица><Ид>796</Ид><НаименованиеКраткое>шт</НаименованиеКраткое></Единица>", ("796", "шт")),
        ("unknown word", "<БазоваяЕдиница>мешок</БазоваяЕдиница>", ("", "мешок")),
        ("none", "<БазоваяЕдиница/>", ("", "")),
    ],
)
def test_unit_is_understood_in_every_form(samples, read, case, told_unit, expected):
    told = read(samples.catalog(f"<Товар><Ид>т</Ид><Наименование>Т</Наименование>{told_unit}</Товар>"))
    product = told.only(ProductMessage)
    assert (product.unit_code, product.unit_name) == expected


@pytest.mark.parametrize(
    ("told_id", "expected"),
    [("т", ("т", "")), ("т#х", ("т#х", "т")), ("т#", ("т", "")), ("т#00000000-0000-0000-0000-000000000000", ("т", ""))],
)
def test_id_with_a_characteristic_names_variant_and_base(samples, read, told_id, expected):
    product = read(samples.catalog(f"<Товар><Ид>{told_id}</Ид></Товар>")).only(ProductMessage)
    assert (product.external_id, product.base_external_id) == expected


@pytest.mark.parametrize(
    "told",
    ['<Товар Статус="Удален"><Ид>т</Ид></Товар>', "<Товар><Ид>т</Ид><Статус>Удален</Статус></Товар>",
     "<Товар><Ид>т</Ид><ПометкаУдаления>true</ПометкаУдаления></Товар>"],
)  # fmt: skip
def test_deleted_product_is_told_as_deleted(samples, read, told):
    assert read(samples.catalog(told)).only(ProductMessage).deleted


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("20", (20, False)),
        ("10%", (10, False)),
        ("НДС20", (20, False)),
        ("20/120", (20, False)),
        ("Без НДС", (None, True)),
    ],
)
def test_vat_rate_is_read_and_exemption_is_not_zero(samples, read, rate, expected):
    told = read(
        samples.catalog(
            "<Товар><Ид>т</Ид><СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование>"
            f"<Ставка>{rate}</Ставка></СтавкаНалога></СтавкиНалогов></Товар>"
        )
    )
    product = told.only(ProductMessage)
    assert (product.vat_rate, product.vat_exempt) == expected


def test_bad_records_are_doubted_with_their_lines_and_the_good_ones_told(samples, read):
    told = read(
        samples.offers(
            """
<Предложение><Наименование>Без ключа</Наименование></Предложение>
<Предложение><Ид>а</Ид><Цены><Цена><ИдТипаЦены>опт</ИдТипаЦены><ЦенаЗаЕдиницу>договорная</ЦенаЗаЕдиницу></Цена></Цены></Предложение>
<Предложение><Ид>б</Ид><Цены><Цена><ЦенаЗаЕдиницу>5</ЦенаЗаЕдиницу></Цена></Цены></Предложение>
<Предложение><Ид>в</Ид><Цены><Цена><ИдТипаЦены>опт</ИдТипаЦены><ЦенаЗаЕдиницу>-5</ЦенаЗаЕдиницу></Цена></Цены></Предложение>
<Предложение><Ид>г</Ид><Количество>-3</Количество></Предложение>
<Предложение><Ид>д</Ид><Количество>много</Количество></Предложение>
<Предложение><Ид>е</Ид><Количество>2</Количество></Предложение>"""
        )
    )
    assert [(doubt.place, doubt.code) for doubt in told.of(Doubt)] == [
        ("файл.xml:4", "id_missing"),
        ("файл.xml:5", "number_unreadable"),
        ("файл.xml:6", "price_kind_missing"),
        ("файл.xml:7", "price_negative"),
        ("файл.xml:8", "quantity_negative"),
        ("файл.xml:9", "number_unreadable"),
    ]
    assert [(stock.product_external_id, stock.quantity) for stock in told.of(StockMessage)] == [("г", 0), ("е", 2)]
    assert told.messages[-1].doubts == 6


def test_broken_time_of_the_file_is_a_doubt_and_not_an_end(samples, read):
    told = read(samples.commerceml("<Каталог><Ид>к</Ид></Каталог>", attributes='ДатаФормирования="вчера"'))
    assert told.doubts == {"time_unreadable": 1}
    assert told.of(ExportFinished)


def test_unknown_structure_is_doubted_once_and_unknown_text_kept_as_a_remark(samples, read):
    one = "<Товар><Ид>т</Ид><Марки>CUMMINS</Марки><Замены><Замена><Ид>з</Ид></Замена></Замены></Товар>"
    told = read(samples.catalog(one + one))
    assert told.doubts == {"element_ignored": 1}
    assert told.of(ProductMessage)[0].attributes == (AttributeValue("", "Марки", "CUMMINS"),)


@pytest.mark.parametrize(
    ("case", "block", "expected"),
    [
        ("attribute", '<Каталог СодержитТолькоИзменения="true"><Ид>к</Ид></Каталог>', True),
        ("attribute no", '<Каталог СодержитТолькоИзменения="false"><Ид>к</Ид></Каталог>', False),
        ("element", "<Каталог><Ид>к</Ид><СодержитТолькоИзменения>true</СодержитТолькоИзменения></Каталог>", True),
        ("silent", "<Каталог><Ид>к</Ид></Каталог>", False),
        ("changes", "<ИзмененияПакетаПредложений><Ид>к</Ид></ИзмененияПакетаПредложений>", True),
    ],
)
def test_full_and_incremental_exports_are_told_apart(samples, read, case, block, expected):
    assert read(samples.commerceml(block)).only(ExportFinished).only_changes is expected


def test_flag_that_stands_behind_the_products_is_told_at_the_end(samples, read):
    told = read(
        samples.commerceml(
            "<Каталог><Ид>к</Ид><Товары><Товар><Ид>т</Ид></Товар></Товары>"
            "<СодержитТолькоИзменения>true</СодержитТолькоИзменения></Каталог>"
        )
    )
    assert told.only(ExportFinished).only_changes


def test_start_of_an_export_names_catalogue_owner_and_time(samples, read):
    told = read(
        samples.commerceml(
            "<Каталог><Ид>к</Ид><Наименование>Основной</Наименование><Владелец><Ид>о</Ид><Наименование>ООО</Наименование>"
            "<ИНН>7705260699</ИНН></Владелец></Каталог>",
            attributes='ДатаФормирования="2014-06-01T0:36:33"',
        )
    )
    assert told.only(ExportStarted) == ExportStarted(
        ExportPart.CATALOG,
        "к",
        "Основной",
        owner=CounterpartyMessage("о", "ООО", inn="7705260699"),
        source_time=datetime(2014, 6, 1, 0, 36, 33),
    )


def test_price_kinds_and_warehouses_are_told_wherever_they_stand(samples, read):
    kind = (
        "<ТипыЦен><ТипЦены><Ид>опт</Ид><Наименование>Оптовая</Наименование><Валюта>руб</Валюта>"
        "<Налог><УчтеноВСумме>true</УчтеноВСумме></Налог></ТипЦены></ТипыЦен>"
        "<Склады><Склад><Ид>с</Ид><Наименование>Главный</Наименование>"
        "<Адрес><АдресноеПоле><Тип>Город</Тип><Значение>Омск</Значение></АдресноеПоле></Адрес></Склад></Склады>"
    )
    for holder in ("Классификатор", "ПакетПредложений"):
        told = read(samples.commerceml(f"<{holder}><Ид>к</Ид>{kind}</{holder}>"))
        assert told.only(PriceKindMessage) == PriceKindMessage("опт", "Оптовая", "RUB", vat_included=True)
        assert told.only(WarehouseMessage) == WarehouseMessage("с", "Главный", "Омск")


def test_price_without_a_currency_takes_that_of_its_column(samples, read):
    known = Dictionaries()
    known.learn(PriceKindMessage("опт", "Оптовая", "USD"))
    price = "<Цены><Цена><ИдТипаЦены>опт</ИдТипаЦены><ЦенаЗаЕдиницу>5</ЦенаЗаЕдиницу></Цена></Цены>"
    told = read(samples.offers(f"<Предложение><Ид>т</Ид>{price}</Предложение>"), known)
    assert told.only(PriceMessage).currency == "USD"
