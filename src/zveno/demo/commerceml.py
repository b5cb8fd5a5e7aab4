"""The demo catalogue as 1С would export it: `import.xml` with the cards, `offers.xml` with prices and stock."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from uuid import UUID
from xml.sax.saxutils import escape

from zveno.demo.rules import prices
from zveno.demo.rules.assortment import GOLDEN
from zveno.demo.rules.products import Good, nodes, property_names
from zveno.demo.rules.supply import HOUSES
from zveno.demo.world import World

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация ВерсияСхемы="2.05" ДатаФормирования="{}">\n'
_TAIL = "</КоммерческаяИнформация>\n"


def guid(kind: str, number: int) -> str:
    """The id by which the sales house's 1С means the thing: the same in every export."""
    return str(UUID(bytes=blake2b(f"zveno-demo:{kind}:{number}".encode(), digest_size=16).digest()))


def picture_path(good: Good) -> str:
    """Where 1С keeps the product's picture."""
    return f"import_files/{good.code}.webp"


def paper_path(good: Good) -> str:
    """Where 1С keeps the data sheet of the product's series."""
    return f"import_files/{good.family.code}.pdf"


def write_export(
    world: World,
    folder: Path,
    *,
    seller: int,
    goods: Sequence[Good],
    has_cards: bool = True,
    risen: bool = False,
) -> list[Path]:
    """The files into `folder`: what the seller's prices and shelves are now; or, `risen`, prices up three percent and
    shelves counted anew."""
    folder.mkdir(parents=True, exist_ok=True)
    offers = _Offers(world, seller, risen)
    files = {"import.xml": _cards(goods)} if has_cards else {}
    files["offers.xml"] = offers.pieces(goods)
    found = []
    for name, pieces in files.items():
        path = folder / name
        with path.open("w", encoding="utf-8", newline="\n") as target:
            target.write(_HEAD.format(_stamp(world.now)))
            target.writelines(pieces)
            target.write(_TAIL)
        found.append(path)
    return found


def _stamp(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H:%M:%S}"


def _cards(goods: Sequence[Good]) -> Iterator[str]:
    catalog = guid("catalog", 1)
    number = {name: at for at, name in enumerate(property_names(), 1)}
    yield f"<Классификатор><Ид>{catalog}</Ид><Наименование>Орнавольт</Наименование>\n{_tree()}\n<Свойства>"
    for name, at in number.items():
        yield f"<Свойство><Ид>{guid('property', at)}</Ид><Наименование>{escape(name)}</Наименование></Свойство>"
    yield "</Свойства></Классификатор>\n"
    yield f'<Каталог СодержитТолькоИзменения="true"><Ид>{catalog}</Ид><ИдКлассификатора>{catalog}</ИдКлассификатора>'
    yield "<Наименование>Орнавольт</Наименование><Товары>\n"
    ids = nodes()[1]
    for good in goods:
        values = "".join(
            f"<ЗначенияСвойства><Ид>{guid('property', number[name])}</Ид><Значение>{escape(value)}</Значение>"
            "</ЗначенияСвойства>"
            for name, value in good.attributes.items()
        )
        yield (
            f"<Товар><Ид>{guid('product', good.id)}</Ид><Штрихкод>{good.barcode}</Штрихкод>"
            f"<Артикул>{escape(good.code)}</Артикул><Наименование>{escape(good.name)}</Наименование>"
            f'<БазоваяЕдиница Код="{good.unit_code}">{good.family.unit}</БазоваяЕдиница>'
            f"<Группы><Ид>{guid('category', ids[good.family.path])}</Ид></Группы>"
            f"<Описание>{escape(good.about)}</Описание><Картинка>{picture_path(good)}</Картинка>"
            f"<Файлы>{paper_path(good)}</Файлы>"
            f"<Изготовитель><Ид>{guid('brand', good.id)}</Ид><Наименование>{good.family.brand}</Наименование>"
            f"</Изготовитель><ЗначенияСвойств>{values}"
            "</ЗначенияСвойств></Товар>\n"
        )
    yield "</Товары></Каталог>\n"


def _tree() -> str:
    found, _ = nodes()

    def below(parent: int | None) -> str:
        inner = "".join(
            f"<Группа><Ид>{guid('category', node.id)}</Ид><Наименование>{escape(node.name)}</Наименование>"
            f"{below(node.id)}</Группа>"
            for node in found
            if node.parent == parent
        )
        return f"<Группы>{inner}</Группы>" if inner else ""

    return below(None)


class _Offers:
    """Prices and stock of one seller."""

    def __init__(self, world: World, seller: int, risen: bool) -> None:
        self.risen = risen
        self.kinds = [kind for kind in prices.KINDS if kind.seller == seller]
        self.houses = [house for house in HOUSES if house.seller == seller]
        self.lying = {(shelf.house.id, shelf.good.id): shelf.on_hand for shelf in world.shelves}
        self.chance = random.Random(f"{world.seed}:export")  # noqa: S311 - a made-up world

    def pieces(self, goods: Sequence[Good]) -> Iterator[str]:
        catalog = guid("catalog", 1)
        yield f'<ПакетПредложений СодержитТолькоИзменения="true"><Ид>{catalog}#</Ид><Наименование>Пакет</Наименование>'
        yield f"<ИдКаталога>{catalog}</ИдКаталога><ТипыЦен>"
        for kind in self.kinds:
            yield (
                f"<ТипЦены><Ид>{guid('price_kind', kind.id)}</Ид><Наименование>{escape(kind.name)}</Наименование>"
                "<Валюта>RUB</Валюта><Налог><Наименование>НДС</Наименование><УчтеноВСумме>true</УчтеноВСумме></Налог>"
                "</ТипЦены>"
            )
        yield "</ТипыЦен><Склады>"
        for house in self.houses:
            name = escape(house.name)
            yield f"<Склад><Ид>{guid('warehouse', house.id)}</Ид><Наименование>{name}</Наименование></Склад>"
        yield "</Склады><Предложения>\n"
        for good in goods:
            yield self._offer(good)
        yield "</Предложения></ПакетПредложений>\n"

    def _offer(self, good: Good) -> str:
        stock = [(house.id, self._counted(house.id, good)) for house in self.houses]
        told = "".join(
            f"<Цена><ИдТипаЦены>{guid('price_kind', kind.id)}</ИдТипаЦены>"
            f"<ЦенаЗаЕдиницу>{prices.price(good.retail, kind, risen=self.risen)}</ЦенаЗаЕдиницу><Валюта>RUB</Валюта>"
            f"<Единица>{good.family.unit}</Единица><Коэффициент>1</Коэффициент></Цена>"
            for kind in self.kinds
            if kind.holds(good.family.path[0])
        )
        lying = "".join(
            f'<Склад ИдСклада="{guid("warehouse", house)}" КоличествоНаСкладе="{quantity}"/>'
            for house, quantity in stock
        )
        return (
            f"<Предложение><Ид>{guid('product', good.id)}</Ид><Артикул>{escape(good.code)}</Артикул>"
            f"<Наименование>{escape(good.name)}</Наименование><Цены>{told}</Цены>"
            f"<Количество>{sum(quantity for _, quantity in stock)}</Количество>{lying}</Предложение>\n"
        )

    def _counted(self, house: int, good: Good) -> int:
        lies = self.lying.get((house, good.id), 0)
        if not self.risen or good.id == GOLDEN:
            return lies
        return round(lies * self.chance.uniform(0.9, 1.5))
