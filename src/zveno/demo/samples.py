"""Files to try by hand, written beside the data: sales of two distributors, a list of codes, an export of 1С."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zveno.demo.books import file_name, write_book
from zveno.demo.commerceml import write_export
from zveno.demo.rules.parties import DISTRIBUTORS, SALES_HOUSE
from zveno.demo.rules.sellout import Sold
from zveno.demo.world import World

_README = """Файлы, чтобы попробовать руками / Files to try by hand

{sales}   distributor@…: Сбыт → загрузить. Раскладка уже известна, несколько кодов незнакомы.
            distributor@…: Sell-out → upload. The layout is known, a few codes are not.
{other}   То же в раскладке другого дистрибьютора: колонки придётся указать один раз.
            The layout of another distributor: its columns are to be confirmed once.
{codes}   buyer@…: скопировать целиком и вставить в корзину или в подбор по кодам.
            buyer@…: copy everything and paste it into the cart.
{export}   sales@…: обмен с 1С, новые цены и остатки; или `zveno import-1c`.
            sales@…: an export of 1С with new prices and stock; or `zveno import-1c`.
"""


def write_samples(world: World, folder: Path) -> list[Path]:
    """Write the samples into `folder`; returns the files made. What is there already is written anew."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [_sales(world, folder, DISTRIBUTORS[0]), _sales(world, folder, DISTRIBUTORS[1]), _codes(world, folder)]
    found += write_export(world, folder / "1c", seller=SALES_HOUSE, goods=world.goods, risen=True)
    names = [path.name for path in found[:3]]
    told = _README.format(sales=names[0], other=names[1], codes=names[2], export="1c/")
    (folder / "README.txt").write_text(told, encoding="utf-8")
    return found


def _sales(world: World, folder: Path, distributor: int) -> Path:
    """The month that has just begun, as the distributor would send it: some days, some codes nobody knows."""
    last = [month for month in world.sold_on if month.distributor == distributor][-1]
    shift = world.today.replace(day=1)
    lines = [
        line._replace(sold_on=shift.replace(day=min(line.sold_on.day, max(world.today.day - 1, 1))))
        for line in last.lines[: 400 if world.scale >= 1 else 60]
    ]
    month = replace(last, starts_on=shift, lines=sorted(_puzzled(lines, distributor), key=lambda x: x.sold_on))
    path = folder / file_name(month)
    path.write_bytes(write_book(month))
    return path


def _puzzled(lines: Sequence[Sold], distributor: int) -> list[Sold]:
    chance = random.Random(f"samples:{distributor}")  # noqa: S311 - a made-up world
    found = list(lines)
    for at in chance.sample(range(len(found)), min(9, len(found))):
        good = found[at].good
        if good is None:
            continue
        # A new code of the distributor's own, a name that is almost ours.
        name = good.name.replace(good.family.brand, "").replace("  ", " ").upper()
        found[at] = found[at]._replace(good=None, code=f"Н{chance.randrange(10_000, 99_999)}", name=name)
    return found


def _codes(world: World, folder: Path) -> Path:
    chance = random.Random("samples:codes")  # noqa: S311 - a made-up world
    rows = [f"{good.code}\t{good.family.pack * chance.randrange(1, 5)}" for good in chance.sample(world.goods[1:], 40)]
    rows[7] = f"{rows[7].split()[0].replace('-', ' ').lower()}\t{rows[7].split()[1]}"
    rows[19] = "НЕТ-404\t12"
    path = folder / "коды для вставки.txt"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
