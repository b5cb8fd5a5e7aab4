"""Whole exports of any size for benches and tests: a catalogue of a made-up wholesaler, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TextIO
from uuid import UUID
from xml.sax.saxutils import escape

_GROUPS = {
    "Крепёж": ("Саморезы", "Болты", "Анкеры"),
    "Электрика": ("Кабель", "Розетки", "Автоматы", "Светильники"),
    "Сантехника": ("Смесители", "Трубы", "Радиаторы"),
    "Инструмент": ("Ручной", "Электроинструмент"),
}
_BRANDS = ("Север", "Вектор", "Монолит", "Гранит", "Меркурий", "Заря", "Альфа Тех", "Прогресс")
_COLOURS = ("белый", "чёрный", "серый", "красный", "синий", "зелёный")
_SIZES = ("S", "M", "L")
_PRICE_KINDS = ("Оптовая", "Дилерская", "Розничная")
_WAREHOUSES = ("Основной склад", "Склад «Юг»", "Склад «Восток»", "Транзит")
_UNITS = (("796", "Штука", "PCE", "шт"), ("166", "Килограмм", "KGM", "кг"), ("006", "Метр", "MTR", "м"))
_PROPERTIES = ("Бренд", "Цвет", "Длина, мм", "Гарантия")
_FORMED = "2026-03-02T09:15:00"
_VARIANTS_EVERY = 10


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: the files in the order 1С sends them, and how many of what they hold."""

    paths: tuple[Path, ...]
    products: int
    offers: int
    prices: int
    stocks: int
    categories: int


@dataclass(frozen=True, slots=True)
class _Plan:
    products: int
    seed: int
    encoding: str
    only_changes: bool

    def guid(self, kind: str, number: int) -> str:
        """The id of a thing, the same in every file of the export."""
        digest = blake2b(f"{self.seed}:{kind}:{number}".encode(), digest_size=16).digest()
        return str(UUID(bytes=digest))

    def variants(self, number: int) -> int:
        """How many variants a product has; 0 for a plain one."""
        return len(_SIZES) if number % _VARIANTS_EVERY == 0 else 0


def write_export(
    folder: Path,
    *,
    products: int,
    seed: int = 1,
    encoding: str = "utf-8",
    split: bool = False,
    only_changes: bool = False,
) -> Export:
    """Write `import.xml` and `offers.xml` (with `split` also `prices.xml` and `rests.xml`) of `products` products.

    Every tenth product has three variants, each with its own barcode, prices and stock. Writes as a stream.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plan = _Plan(products, seed, encoding, only_changes)
    paths = [folder / "import.xml", folder / "offers.xml"]
    _write(paths[0], plan, _catalog(plan))
    _write(paths[1], plan, _offers(plan, "offers", described=True, priced=not split, stocked=not split))
    if split:
        paths += [folder / "prices.xml", folder / "rests.xml"]
        _write(paths[2], plan, _offers(plan, "prices", described=False, priced=True, stocked=False))
        _write(paths[3], plan, _offers(plan, "rests", described=False, priced=False, stocked=True))
    offers = sum(plan.variants(number) or 1 for number in range(products))
    return Export(
        tuple(paths),
        products,
        offers,
        offers * len(_PRICE_KINDS),
        offers * len(_WAREHOUSES),
        len(_GROUPS) + sum(len(below) for below in _GROUPS.values()),
    )


def barcode(number: int, *, prefix: str = "460") -> str:
    """The EAN-13 of `number` with its right check digit."""
    body = prefix + str(number).rjust(12 - len(prefix), "0")
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-weighed % 10}"


def _write(path: Path, plan: _Plan, pieces: Iterator[str]) -> None:
    with path.open("w", encoding=plan.encoding, errors="xmlcharrefreplace", newline="\n") as target:
        _write_head(target, plan)
        target.writelines(pieces)
        target.write("</КоммерческаяИнформация>\n")


def _write_head(target: TextIO, plan: _Plan) -> None:
    target.write(f'<?xml version="1.0" encoding="{plan.encoding}"?>\n')
    target.write(
        '<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_210" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'ВерсияСхемы="2.10" ДатаФормирования="{_FORMED}">\n'
    )


def _catalog(plan: _Plan) -> Iterator[str]:
    catalog_id = plan.guid("catalog", 0)
    yield f"<Классификатор><Ид>{catalog_id}</Ид><Наименование>Классификатор</Наименование>\n"
    yield from _groups(plan)
    yield from _properties(plan)
    yield "</Классификатор>\n"
    changes = str(plan.only_changes).lower()
    yield f'<Каталог СодержитТолькоИзменения="{changes}"><Ид>{catalog_id}</Ид>'
    yield f"<ИдКлассификатора>{catalog_id}</ИдКлассификатора><Наименование>Каталог товаров</Наименование><Товары>\n"
    leaves = _leaves()
    for number in range(plan.products):
        yield _product(plan, number, len(leaves))
    yield "</Товары></Каталог>\n"


def _leaves() -> list[str]:
    return [name for below in _GROUPS.values() for name in below]


def _groups(plan: _Plan) -> Iterator[str]:
    yield "<Группы>\n"
    leaf = 0
    for top, (name, below) in enumerate(_GROUPS.items()):
        yield f"<Группа><Ид>{plan.guid('top', top)}</Ид><Наименование>{name}</Наименование><Группы>\n"
        for inner in below:
            yield f"<Группа><Ид>{plan.guid('leaf', leaf)}</Ид><Наименование>{inner}</Наименование></Группа>\n"
            leaf += 1
        yield "</Группы></Группа>\n"
    yield "</Группы>\n"


def _properties(plan: _Plan) -> Iterator[str]:
    yield "<Свойства>\n"
    for place, (name, values) in enumerate(zip(_PROPERTIES, (_BRANDS, _COLOURS, (), ()), strict=True)):
        kind = "Справочник" if values else "Число"
        yield f"<Свойство><Ид>{plan.guid('property', place)}</Ид><Наименование>{name}</Наименование>"
        yield f"<ТипЗначений>{kind}</ТипЗначений>"
        if values:
            yield "<ВариантыЗначений>"
            for number, value in enumerate(values):
                yield f"<Справочник><ИдЗначения>{plan.guid(name, number)}</ИдЗначения>"
                yield f"<Значение>{value}</Значение></Справочник>"
            yield "</ВариантыЗначений>"
        yield "</Свойство>\n"
    yield "</Свойства>\n"


def _name(number: int) -> str:
    leaves = _leaves()
    return f"{leaves[number % len(leaves)]} «{_BRANDS[number % len(_BRANDS)]}» арт. {number:06d}"


def _product(plan: _Plan, number: int, leaves: int) -> str:
    chance = random.Random(plan.seed * 1_000_003 + number)  # noqa: S311 - a made-up catalogue, no secret
    code, full, international, short = _UNITS[number % 7 % len(_UNITS)]
    name = escape(_name(number))
    brand, colour = number % len(_BRANDS), chance.randrange(len(_COLOURS))
    values = (plan.guid("Бренд", brand), plan.guid("Цвет", colour), str(chance.randrange(10, 3000)), "24")
    told = "".join(
        f"<ЗначенияСвойства><Ид>{plan.guid('property', place)}</Ид><Значение>{value}</Значение></ЗначенияСвойства>"
        for place, value in enumerate(values)
    )
    return (
        f"<Товар><Ид>{plan.guid('product', number)}</Ид><Штрихкод>{barcode(number)}</Штрихкод>"
        f"<Артикул>ЗВ-{number:06d}</Артикул><Код>{number:011d}</Код><Наименование>{name}</Наименование>\n"
        f'<БазоваяЕдиница Код="{code}" НаименованиеПолное="{full}" МеждународноеСокращение="{international}">{short}'
        "</БазоваяЕдиница>"
        f"<Группы><Ид>{plan.guid('leaf', number % leaves)}</Ид></Группы>"
        f"<Описание>{name}. Для складов и магазинов, партия {chance.randrange(1, 900)}.</Описание>\n"
        f"<Страна>РОССИЯ</Страна><Вес>{chance.randrange(10, 25000) / 1000}</Вес>"
        f"<ЗначенияСвойств>{told}</ЗначенияСвойств>\n"
        "<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>22</Ставка></СтавкаНалога>"
        "</СтавкиНалогов><ЗначенияРеквизитов>"
        "<ЗначениеРеквизита><Наименование>ВидНоменклатуры</Наименование><Значение>Товар</Значение>"
        "</ЗначениеРеквизита><ЗначениеРеквизита><Наименование>ТипНоменклатуры</Наименование><Значение>Товар</Значение>"
        f"</ЗначениеРеквизита><ЗначениеРеквизита><Наименование>Полное наименование</Наименование><Значение>{name}"
        "</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Товар>\n"
    )


def _offers(plan: _Plan, kind: str, *, described: bool, priced: bool, stocked: bool) -> Iterator[str]:
    catalog_id = plan.guid("catalog", 0)
    changes = str(plan.only_changes).lower()
    yield f'<ПакетПредложений СодержитТолькоИзменения="{changes}"><Ид>{catalog_id}#</Ид>'
    yield f"<Наименование>Пакет предложений ({kind})</Наименование><ИдКаталога>{catalog_id}</ИдКаталога>\n"
    if described:
        yield from _price_kinds(plan)
        yield from _warehouses(plan)
    yield "<Предложения>\n"
    for number in range(plan.products):
        for variant in range(plan.variants(number)) or (None,):
            yield _offer(plan, number, variant, described=described, priced=priced, stocked=stocked)
    yield "</Предложения></ПакетПредложений>\n"


def _price_kinds(plan: _Plan) -> Iterator[str]:
    yield "<ТипыЦен>\n"
    for place, name in enumerate(_PRICE_KINDS):
        yield f"<ТипЦены><Ид>{plan.guid('price', place)}</Ид><Наименование>{name}</Наименование><Валюта>руб</Валюта>"
        yield "<Налог><Наименование>НДС</Наименование><УчтеноВСумме>true</УчтеноВСумме></Налог></ТипЦены>\n"
    yield "</ТипыЦен>\n"


def _warehouses(plan: _Plan) -> Iterator[str]:
    yield "<Склады>\n"
    for place, name in enumerate(_WAREHOUSES):
        yield f"<Склад><Ид>{plan.guid('warehouse', place)}</Ид><Наименование>{name}</Наименование></Склад>\n"
    yield "</Склады>\n"


def _offer(plan: _Plan, number: int, variant: int | None, *, described: bool, priced: bool, stocked: bool) -> str:
    chance = random.Random(plan.seed * 1_000_033 + number * 4 + (variant or 0))  # noqa: S311 - made up
    offer_id = plan.guid("product", number)
    if variant is not None:
        offer_id += f"#{plan.guid('variant', number * 4 + variant)}"
    cost = chance.randrange(1000, 900_000)
    amounts = [chance.randrange(0, 400) if chance.random() < 0.7 else 0 for _ in _WAREHOUSES]
    parts = [f"<Предложение><Ид>{offer_id}</Ид>"]
    if described:
        parts.append(_description(number, variant))
    if priced:
        parts.append(_prices(plan, number, cost))
    if stocked:
        parts.append(f"<Количество>{sum(amounts)}</Количество>")
        parts.extend(
            f'<Склад ИдСклада="{plan.guid("warehouse", place)}" КоличествоНаСкладе="{amount}"/>'
            for place, amount in enumerate(amounts)
        )
    parts.append("</Предложение>\n")
    return "".join(parts)


def _description(number: int, variant: int | None) -> str:
    name = escape(_name(number))
    if variant is None:
        return f"<Артикул>ЗВ-{number:06d}</Артикул><Наименование>{name}</Наименование>"
    size = _SIZES[variant]
    return (
        f"<Штрихкод>{barcode(number * 4 + variant, prefix='461')}</Штрихкод><Артикул>ЗВ-{number:06d}</Артикул>"
        f"<Наименование>{name} ({size})</Наименование><ХарактеристикиТовара><ХарактеристикаТовара>"
        f"<Наименование>Размер</Наименование><Значение>{size}</Значение>"
        "</ХарактеристикаТовара></ХарактеристикиТовара>"
    )


def _prices(plan: _Plan, number: int, cost: int) -> str:
    short = _UNITS[number % 7 % len(_UNITS)][3]
    told = ["<Цены>"]
    for place, share in enumerate((100, 115, 150)):
        kopecks = cost * share // 100
        value = f"{kopecks // 100}.{kopecks % 100:02d}"
        told.append(
            f"<Цена><Представление>{value} руб за {short}</Представление><ИдТипаЦены>{plan.guid('price', place)}"
            f"</ИдТипаЦены><ЦенаЗаЕдиницу>{value}</ЦенаЗаЕдиницу><Валюта>руб</Валюта><Единица>{short}</Единица>"
            "<Коэффициент>1</Коэффициент></Цена>"
        )
    told.append("</Цены>")
    return "".join(told)
