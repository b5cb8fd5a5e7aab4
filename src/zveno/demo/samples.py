"""Files to try by hand, written beside the data: sales of two distributors, a list of codes, an export of 1С."""

from __future__ import annotations

import random
from pathlib import Path

from zveno.demo.books import file_name, write_book
from zveno.demo.commerceml import write_export
from zveno.demo.loading.exchange import LOGIN, slug_of
from zveno.demo.rules.parties import DISTRIBUTORS, SALES_HOUSE
from zveno.demo.rules.people import DOMAIN, PASSWORD
from zveno.demo.rules.underway import month_under_way
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
    month = month_under_way(world.sold_on, distributor=distributor, today=world.today, most=400)
    path = folder / file_name(month)
    path.write_bytes(write_book(month))
    return path


def _codes(world: World, folder: Path) -> Path:
    chance = random.Random("samples:codes")  # noqa: S311 - a made-up world
    rows = [f"{good.code}\t{good.family.pack * chance.randrange(1, 5)}" for good in chance.sample(world.goods[1:], 40)]
    rows[7] = f"{rows[7].split()[0].replace('-', ' ').lower()}\t{rows[7].split()[1]}"
    rows[19] = "НЕТ-404\t12"
    path = folder / "коды для вставки.txt"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
