"""Orders there and back, and what an accounting system says has become of them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from zveno.exchange.rules.messages import (
    BankAccount,
    CounterpartyMessage,
    DocumentKind,
    DocumentMessage,
    OrderLine,
    OrderMessage,
    Role,
)
from zveno.plugins.erp.commerceml.codec import read_messages, write_orders

FORMED = datetime(2026, 3, 2, 9, 15)

ORDER = OrderMessage(
    external_id="0f1e",
    number="ЗВ-1042",
    ordered_on=date(2026, 3, 2),
    ordered_time=time(9, 14, 5),
    role=Role.SELLER,
    currency="RUB",
    total=Decimal("12345.60"),
    vat_included=True,
    vat_sum=Decimal("2226.26"),
    counterparties=(
        CounterpartyMessage(
            "c1",
            "ООО «Ромашка»",
            "Общество с ограниченной ответственностью «Ромашка»",
            Role.BUYER,
            inn="7705260699",
            kpp="770501001",
            ogrn="1027700132195",
            address="Москва, ул. Садовая, 1",
            contacts=(("Почта", "zakaz@example.ru"), ("Телефон рабочий", "+7 495 000-00-00")),
            representatives=("Петрова Анна",),
            bank_accounts=(BankAccount("40702810000000000001", "Банк", "044525225", "30101810400000000225"),),
        ),
    ),
    organization="ООО «Звено»",
    warehouse="Основной склад",
    agreement="Дилер, отсрочка 14 дней",
    comment="Привезти до обеда",
    lines=(
        OrderLine("т1#х1", Decimal(10), "Дрель (красная)", "А-1", "0042", "796", "шт", price=Decimal("1000.56"),
                  sum=Decimal("10005.60"), discount_percent=Decimal(5), discount_sum=Decimal("526.61"),
                  vat_rate=Decimal(22), vat_sum=Decimal("1804.29"), vat_included=True),
        OrderLine("ДОСТАВКА", Decimal(1), "Доставка", unit_code="796", unit_name="шт", price=Decimal(2340),
                  sum=Decimal(2340), is_service=True),
    ),
    status="Согласован",
    cancelled=False,
    payment_method="Безналичный расчёт",
    delivery_method="Курьер",
    delivery_address="Тула, пр. Ленина, 5",
    ship_by=date(2026, 3, 5),
    properties=(("Регион", "Центр"),),
)  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("version", ["2.08", "2.10", "3.1"])
def test_order_written_reads_back_the_same(encoding, version):
    written = b"".join(write_orders([ORDER], formed_at=FORMED, encoding=encoding, version=version))
    assert list(read_messages(written)) == [ORDER]


def test_order_has_the_shape_an_accounting_system_expects():
    root = etree.fromstring(b"".join(write_orders([ORDER], formed_at=FORMED, encoding="windows-1251")))
    assert root.tag == "КоммерческаяИнформация"
    assert root.attrib == {"ВерсияСхемы": "2.10", "ДатаФормирования": "2026-03-02T09:15:00"}
    document = root.find("Документ")
    assert [element.tag for element in document][:8] == [
        "Ид", "Номер", "Дата", "ХозОперация", "Роль", "Валюта", "Курс", "Сумма",
    ]  # fmt: skip
    assert document.findtext("ХозОперация") == "Заказ товара"
    assert document.findtext("Контрагенты/Контрагент/ИНН") == "7705260699"
    unit = document.find("Товары/Товар/БазоваяЕдиница")
    assert (unit.get("Код"), unit.get("МеждународноеСокращение"), unit.text) == ("796", "PCE", "шт")
    told = {entry[0].text: entry[1].text for entry in document.find("ЗначенияРеквизитов")}
    assert told["Статус заказа"] == "Согласован"
    assert told["Отменен"] == "false"


def test_character_the_encoding_lacks_survives_and_one_xml_forbids_is_dropped():
    order = OrderMessage("1", comment="Чай ☕ и \x00\x0b\ud800конец")
    written = b"".join(write_orders([order], formed_at=FORMED, encoding="windows-1251"))
    (back,) = read_messages(written)
    assert back.comment == "Чай ☕ и конец"


def test_no_orders_make_an_empty_file_that_tells_nothing():
    written = b"".join(write_orders([], formed_at=FORMED))
    assert b"<?xml" in written
    assert list(read_messages(written)) == []


def test_orders_are_written_piece_by_piece():
    pieces = write_orders((OrderMessage(str(number)) for number in range(1000)), formed_at=FORMED)
    assert max(len(piece) for piece in pieces) < 5000


ANSWER = """<КоммерческаяИнформация>
<Документ><Ид>0f1e</Ид><Номер>ЗВ-1042</Номер><Дата>2026-03-02+03:00</Дата><Время>9:14:05</Время>
 <ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль><Номер1С>УТ-77</Номер1С><Дата1С>2026-03-03</Дата1С>
 <ЗначенияРеквизитов>
  <ЗначениеРеквизита><Наименование>Статус заказа</Наименование><Значение>К отгрузке</Значение></ЗначениеРеквизита>
  <ЗначениеРеквизита><Наименование>Проведен</Наименование><Значение>true</Значение></ЗначениеРеквизита>
  <ЗначениеРеквизита><Наименование>ПометкаУдаления</Наименование><Значение>false</Значение></ЗначениеРеквизита>
  <ЗначениеРеквизита><Наименование>Отменен</Наименование><Значение>false</Значение></ЗначениеРеквизита>
  <ЗначениеРеквизита><Наименование>Дата оплаты по 1С</Наименование><Значение>2026-03-04</Значение></ЗначениеРеквизита>
  <ЗначениеРеквизита><Наименование>Номер оплаты по 1С</Наименование><Значение>П-5</Значение></ЗначениеРеквизита>
  <ЗначениеРеквизита><Наименование>Дата отгрузки по 1С</Наименование><Значение>0001-01-01</Значение></ЗначениеРеквизита>
  <ЗначениеРеквизита><Наименование>Менеджер</Наименование><Значение>Сидоров</Значение></ЗначениеРеквизита>
 </ЗначенияРеквизитов>
 <ПодчиненныеДокументы>
  <ПодчиненныйДокумент><Ид>р1</Ид><Номер>Р-9</Номер><Дата>2026-03-04</Дата><ХозОперация>Отпуск товара</ХозОперация>
   <Основание>0f1e</Основание><Проведен>true</Проведен><Сумма>100</Сумма><Валюта>руб</Валюта>
   <Товары><Товар><Ид>т1#х1</Ид><Количество>4</Количество></Товар></Товары></ПодчиненныйДокумент>
 </ПодчиненныеДокументы></Документ>
<Документ><Ид>п1</Ид><Номер>П-5</Номер><Дата>2026-03-04</Дата><ХозОперация>Выплата безналичных денег</ХозОперация>
 <Основание>0f1e</Основание><Сумма>12 345,60</Сумма><Отменен>false</Отменен></Документ>
</КоммерческаяИнформация>"""


def test_answer_of_the_accounting_system_is_understood(read):
    told = read(ANSWER.encode())
    (order,) = told.of(OrderMessage)
    assert order == OrderMessage(
        "0f1e", "ЗВ-1042", ordered_on=date(2026, 3, 2), ordered_time=time(9, 14, 5), role=Role.SELLER,
        status="К отгрузке", posted=True, deleted=False, cancelled=False, erp_number="УТ-77", erp_on=date(2026, 3, 3),
        paid_on=date(2026, 3, 4), payment_number="П-5", author="Сидоров",
        documents=(
            DocumentMessage(
                "р1", DocumentKind.SHIPMENT, "Отпуск товара", "0f1e", "Р-9", issued_on=date(2026, 3, 4), currency="RUB",
                total=Decimal(100), posted=True, lines=(OrderLine("т1#х1", Decimal(4)),),
            ),
        ),
    )  # fmt: skip
    assert told.of(DocumentMessage) == [
        DocumentMessage("п1", DocumentKind.PAYMENT, "Выплата безналичных денег", "0f1e", "П-5",
                        issued_on=date(2026, 3, 4), total=Decimal("12345.60"), cancelled=False)
    ]  # fmt: skip
    assert told.doubts == {}
    assert order.lines is None


def test_bad_line_and_bad_date_of_an_order_are_doubted_and_the_rest_told(read):
    told = read(
        """<КоммерческаяИнформация><Документ><Ид>1</Ид><Дата>завтра</Дата><Время>99:99</Время><Товары>
        <Товар><Ид>т</Ид><Количество>два</Количество></Товар><Товар><Ид>у</Ид></Товар>
        <Товар><Количество>2</Количество></Товар><Товар><Ид>ф</Ид><Количество>3</Количество></Товар></Товары></Документ>
        <Документ><ХозОперация>Заказ товара</ХозОперация></Документ>
        <Документ><Ид>2</Ид><ХозОперация>Танец</ХозОперация></Документ></КоммерческаяИнформация>""".encode()
    )
    assert told.doubts == {
        "time_unreadable": 2, "number_unreadable": 1, "quantity_missing": 1, "id_missing": 2, "operation_unknown": 1,
    }  # fmt: skip
    (order,) = told.of(OrderMessage)
    assert order.lines == (OrderLine("ф", Decimal(3)),)
    assert told.of(DocumentMessage)[0].kind is DocumentKind.OTHER


def test_several_counterparties_leave_the_buyer_to_be_found_by_role():
    payer, buyer = CounterpartyMessage("п", role=Role.PAYER), CounterpartyMessage("к", role=Role.BUYER)
    assert OrderMessage("1", counterparties=(payer, buyer)).buyer == buyer
    assert OrderMessage("1", counterparties=(CounterpartyMessage("х"),)).buyer == CounterpartyMessage("х")
    assert OrderMessage("1", counterparties=(payer, CounterpartyMessage("х"))).buyer is None


texts = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=30).map(str.strip).filter(
    lambda text: not any(sign in text for sign in ("&", "\u0085"))
)  # fmt: skip
words = texts.filter(bool)
ids = st.text("абвгд0123456789-", min_size=1, max_size=12)
money = st.none() | st.decimals(0, 10**9, places=2)
flags = st.none() | st.booleans()
days = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
clocks = st.none() | st.times().map(lambda moment: moment.replace(microsecond=0))
rates = st.none() | st.sampled_from([Decimal(0), Decimal(10), Decimal(22)])

lines = st.builds(
    OrderLine,
    product_external_id=ids | st.tuples(ids, ids).map("#".join),
    quantity=st.decimals(0, 10**6, places=3),
    name=texts,
    code=texts,
    erp_code=texts,
    ratio=st.decimals("0.001", 1000, places=3),
    price=money,
    sum=money,
    discount_percent=rates,
    discount_sum=money,
    vat_rate=rates,
    vat_sum=money,
    vat_included=flags,
    is_service=st.booleans(),
    characteristics=st.lists(st.tuples(texts, words), max_size=2).map(tuple),
)
counterparties = st.builds(
    CounterpartyMessage,
    external_id=texts,
    name=texts,
    full_name=texts,
    role=st.sampled_from(Role) | st.none(),
    inn=st.sampled_from(["", "7705260699"]),
    kpp=st.sampled_from(["", "770501001"]),
    ogrn=texts,
    okpo=texts,
    last_name=texts,
    address=texts,
    actual_address=texts,
    contacts=st.lists(st.tuples(texts, words), max_size=2).map(tuple),
    representatives=st.lists(words, max_size=2).map(tuple),
    deleted=st.booleans(),
)
documents = st.builds(
    DocumentMessage,
    external_id=ids,
    kind=st.just(DocumentKind.SHIPMENT),
    operation=st.just("Отпуск товара"),
    order_external_id=ids,
    number=texts,
    erp_number=texts,
    issued_on=days,
    issued_time=clocks,
    currency=st.sampled_from(["", "RUB", "KZT"]),
    total=money,
    posted=flags,
    cancelled=flags,
    deleted=flags,
    lines=st.none() | st.lists(lines, max_size=2).map(tuple),
    comment=texts,
)
orders = st.builds(
    OrderMessage,
    external_id=ids,
    number=texts,
    ordered_on=days,
    ordered_time=clocks,
    role=st.sampled_from(Role),
    currency=st.sampled_from(["", "RUB", "USD"]),
    rate=st.decimals("0.01", 100, places=4),
    total=money,
    vat_included=flags,
    vat_sum=money,
    discount_sum=money,
    counterparties=st.lists(counterparties, max_size=2).map(tuple),
    organization=texts,
    warehouse=texts,
    agreement=texts,
    comment=texts,
    lines=st.none() | st.lists(lines, max_size=3).map(tuple),
    status=texts,
    posted=flags,
    deleted=flags,
    cancelled=flags,
    paid=flags,
    shipped=flags,
    erp_number=texts,
    erp_on=days,
    paid_on=days,
    payment_number=texts,
    shipped_on=days,
    shipment_number=texts,
    ship_by=days,
    payment_method=texts,
    delivery_method=texts,
    delivery_address=texts,
    documents=st.lists(documents, max_size=2).map(tuple),
)


@settings(max_examples=150)
@given(st.lists(orders, max_size=3), st.sampled_from(["utf-8", "windows-1251"]))
def test_any_order_written_reads_back_the_same(told, encoding):
    written = b"".join(write_orders(told, formed_at=FORMED, encoding=encoding))
    assert list(read_messages(written)) == told


@settings(max_examples=200)
@given(st.binary(max_size=200), st.integers(0, 3000), st.integers(0, 200))
def test_no_damage_to_a_file_raises_anything_but_a_named_fault(noise, at, cut):
    from zveno.kit.errors import Invalid

    whole = b"".join(write_orders([ORDER], formed_at=FORMED))
    damaged = whole[:at] + noise + whole[at + cut :]
    try:
        list(read_messages(damaged))
    except Invalid as fault:
        assert fault.code
