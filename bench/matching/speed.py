"""How fast: a million rows of hundreds of distributors against a hundred thousand products, on the cores there are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from time import process_time

from bench._ground import Watch, peak_megabytes
from bench.matching.goods import catalogue
from bench.matching.wordings import Thing, manner_of, say
from zveno.sellout.learned import trained
from zveno.sellout.rules.matching import Asked, Product, ProductIndex, Verdict

PRODUCTS = 100_000
DISTRIBUTORS = 100
ROWS_EACH = 10_000
SOLD_EACH = 2_000
_DIFFERING = 0.3
_AT_ONCE = 2_000


def of_a_million_rows() -> list[tuple[str, str]]:
    """Index and rows. A distributor's file is matched in blocks, each wording of it once, as taking a report does; what
    it says otherwise, by name or by a code of its own, is 30 % of its products."""
    things = [thing for thing, _ in catalogue("speed", count=PRODUCTS)]
    building, began = Watch(), process_time()
    index = ProductIndex(
        (
            Product(at, thing.code, thing.name, (thing.barcode,) if thing.barcode else (), thing.brand)
            for at, thing in enumerate(things)
        ),
        trained(),
    )
    index.resolve(Asked(name="нет такого товара"))
    built, memory, worked = building.seconds, peak_megabytes(), process_time() - began
    matching = 0.0
    rows = certain = wordings = 0
    for number in range(DISTRIBUTORS):
        file = list(_file(things, number))
        watch, began = Watch(), process_time()
        known: dict[Asked, bool] = {}
        told = iter(file)
        while block := list(islice(told, _AT_ONCE)):
            new = dict.fromkeys(asked for asked in block if asked not in known)
            known |= {asked: m.verdict is Verdict.CERTAIN for asked, m in index.resolve_all(new).items()}
            certain += sum(known[asked] for asked in block)
        matching, worked = matching + watch.seconds, worked + process_time() - began
        rows, wordings = rows + len(file), wordings + len(known)
        if number == 9:
            memory_early = peak_megabytes()
    return [
        (f"index of {PRODUCTS:,} products", f"{built:.0f} s, {memory:.0f} MB"),
        (f"{rows:,} rows, {wordings:,} wordings", f"{matching:.0f} s, {rows / matching:,.0f} rows/s"),
        ("both together", f"{built + matching:.0f} s, of processors {worked:.0f} s"),
        ("accepted", f"{100 * certain / rows:.1f} %"),
        ("peak memory after a tenth, after all", f"{memory_early:.0f} MB, {peak_megabytes():.0f} MB"),
    ]


def _file(things: list[Thing], number: int) -> Iterator[Asked]:
    chance = random.Random(f"speed:{number}")
    manner = manner_of(f"speed:{number}")
    sold = []
    for thing in chance.sample(things, SOLD_EACH):
        said = say(manner, thing)
        plain = Asked(article=thing.code, name=thing.name)
        sold.append(Asked(product_code=said.code, name=said.name) if chance.random() < _DIFFERING else plain)
    return (chance.choice(sold) for _ in range(ROWS_EACH))
