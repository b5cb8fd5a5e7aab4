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
from zveno.demo.rules.parties import SALES_HOUSE
from zveno.demo.rules.products import Good, nodes
from zveno.demo.rules.supply import HOUSES
from zveno.demo.world import World

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация ВерсияСхемы="2.05" ДатаФормирования="{}">\n'
_TAIL = "</КоммерческаяИнформация>\n"


def guid(kind: str, number: int) -> str:
    """The id by which the sales house's 1С means the thing: the same in every export."""
    return str(UUID(bytes=blake2b(f"zveno-demo:{kind}:{number}".encode(), digest_size=16).digest()))


def write_export(world: World, folder: Path, *, goods: Sequence[Good] | None = None) -> list[Path]:
    """Both files into `folder`, of `goods` (all when not said): prices up three percent, shelves counted anew."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = world.goods if goods is None else goods
    files = {"import.xml": _cards(chosen), "offers.xml": _offers(chosen, world.seed)}
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
    properties = sorted({name for good in goods for name in good.attributes})
    number = {name: at for at, name in enumerate(properties, 1)}
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
            f"<Группы><Ид>{guid('category', ids[good.family.path])}</Ид></Группы><ЗначенияСвойств>{values}"
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


def _offers(goods: Sequence[Good], seed: int) -> Iterator[str]:
    catalog = guid("catalog", 1)
    chance = random.Random(f"{seed}:export")  # noqa: S311 - a made-up world
    kinds = [kind for kind in prices.KINDS if kind.seller == SALES_HOUSE]
    houses = [house for house in HOUSES if house.seller == SALES_HOUSE]
    yield f'<ПакетПредложений СодержитТолькоИзменения="true"><Ид>{catalog}#</Ид><Наименование>Пакет</Наименование>'
    yield f"<ИдКаталога>{catalog}</ИдКаталога><ТипыЦен>"
    for kind in kinds:
        yield (
            f"<ТипЦены><Ид>{guid('price_kind', kind.id)}</Ид><Наименование>{escape(kind.name)}</Наименование>"
            "<Валюта>RUB</Валюта><Налог><Наименование>НДС</Наименование><УчтеноВСумме>true</УчтеноВСумме></Налог>"
            "</ТипЦены>"
        )
    yield "</ТипыЦен><Склады>"
    for house in houses:
        yield f"<Склад><Ид>{guid('warehouse', house.id)}</Ид><Наименование>{escape(house.name)}</Наименование></Склад>"
    yield "</Склады><Предложения>\n"
    for good in goods:
        yield _offer(good, kinds, [(house.id, chance.randrange(0, 40) * good.family.pack) for house in houses])
    yield "</Предложения></ПакетПредложений>\n"


def _offer(good: Good, kinds: Sequence[prices.Kind], stock: Sequence[tuple[int, int]]) -> str:
    told = "".join(
        f"<Цена><ИдТипаЦены>{guid('price_kind', kind.id)}</ИдТипаЦены>"
        f"<ЦенаЗаЕдиницу>{prices.price(good.retail, kind, risen=True)}</ЦенаЗаЕдиницу><Валюта>RUB</Валюта>"
        f"<Единица>{good.family.unit}</Единица><Коэффициент>1</Коэффициент></Цена>"
        for kind in kinds
    )
    lying = "".join(
        f'<Склад ИдСклада="{guid("warehouse", house)}" КоличествоНаСкладе="{quantity}"/>' for house, quantity in stock
    )
    return (
        f"<Предложение><Ид>{guid('product', good.id)}</Ид><Артикул>{escape(good.code)}</Артикул>"
        f"<Наименование>{escape(good.name)}</Наименование><Цены>{told}</Цены>"
        f"<Количество>{sum(quantity for _, quantity in stock)}</Количество>{lying}</Предложение>\n"
    )
