"""Files to try by hand, written beside the data: sales of two distributors, a list of codes, an export of 1С."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zveno.demo.books import file_name, write_book
from zveno.demo.commerceml import write_export
from zveno.demo.loading.exchange import LOGIN, slug_of
from zveno.demo.rules.parties import DISTRIBUTORS, SALES_HOUSE
from zveno.demo.rules.people import DOMAIN, PASSWORD
from zveno.demo.rules.sellout import Sold
from zveno.demo.world import World

_README = """Файлы, чтобы попробовать руками / Files to try by hand

{sales}
    distributor@{domain}: Отчёты о продажах → загрузить. Раскладка уже известна, несколько кодов незнакомы.
    Sell-out reports → upload. The layout is known, a few codes are not.

{other}
    Отчёт другого дистрибьютора, тоже для distributor@{domain}: его столбцы подтверждаются один раз.
    The report of another distributor, for the same person: its columns are to be confirmed once.

{codes}
    buyer@{domain}: скопировать целиком и вставить в последнюю строку корзины.
    Copy everything and paste it into the last line of the cart.

1c/
    Выгрузка 1С торгового дома: новые цены и остатки. Команда: zveno import-1c 1c --connection {slug}
    или из самой 1С: адрес /exchange/1c/{slug}/, пользователь {login}, пароль {password}.
    An export of the sales house's 1С with new prices and stock; by the command, or by 1С itself at that address.
"""


def write_samples(world: World, folder: Path) -> list[Path]:
    """Write the samples into `folder`; returns the files made. What is there already is written anew."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [_sales(world, folder, DISTRIBUTORS[0]), _sales(world, folder, DISTRIBUTORS[1]), _codes(world, folder)]
    found += write_export(world, folder / "1c", seller=SALES_HOUSE, goods=world.goods, risen=True)
    told = _README.format(
        sales=found[0].name,
        other=found[1].name,
        codes=found[2].name,
        domain=DOMAIN,
        slug=slug_of(world, SALES_HOUSE),
        login=LOGIN,
        password=PASSWORD,
    )
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
