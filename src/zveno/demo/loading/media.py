"""Pictures and data sheets: drawn in a process of their own while rows are copied, then kept in the file store."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from zveno.base import files
from zveno.demo.books import MONTHS
from zveno.demo.commerceml import paper_path, picture_path
from zveno.demo.drawing.pictures import draw_pictures
from zveno.demo.loading.bulk import copy_rows
from zveno.demo.loading.goods import OWNER
from zveno.demo.papers.sheets import set_papers
from zveno.demo.rules.names import MANUFACTURER
from zveno.demo.rules.products import Good
from zveno.demo.world import World

Look = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the other process is making."""

    pictures: Future[dict[Look, bytes]]
    papers: Future[dict[str, bytes]]


@contextmanager
def drawing(world: World) -> Iterator[Drawn]:
    """Begin to draw; the block goes on meanwhile."""
    looks = dict.fromkeys((good.family.shape, good.family.code, good.look) for good in world.goods)
    # Spawned: a forked process would share the database's connection. What it runs knows no Django.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        papers = pool.submit(set_papers, _series(world))
        yield Drawn(pool.submit(draw_pictures, list(looks)), papers)


def load(world: World, drawn: Drawn) -> int:
    """Keep the files and give each product its picture and its series' data sheet; returns how many files."""
    kept = {
        look: _keep(world, content, f"{look[0]}-{at:03d}.webp", "image/webp")
        for at, (look, content) in enumerate(drawn.pictures.result().items(), 1)
    }
    papers = {
        code: _keep(world, content, f"{code} технический лист.pdf", "application/pdf")
        for code, content in drawn.papers.result().items()
    }
    copy_rows(
        "catalog.Media",
        ("product_id", "kind", "name", "source_path", "file_id", "position"),
        _rows(world.goods, kept, papers),
    )
    return len(kept) + len(papers)


def _keep(world: World, content: bytes, name: str, media_type: str) -> int:
    stored = files.keep(pieces=[content], name=name, now=world.now, company_id=OWNER, media_type=media_type)
    return stored.pk


def _rows(goods: Sequence[Good], kept: dict[Look, int], papers: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for good in goods:
        family = good.family.code
        picture = kept[family, good.look]
        yield (good.id, "picture", good.name, picture_path(good), picture, 0)
        yield (good.id, "document", "Технический лист", paper_path(good), papers[family], 1)


def _series(world: World) -> list[dict[str, Any]]:
    by_family: dict[str, list[Good]] = {}
    for good in world.goods:
        by_family.setdefault(good.family.code, []).append(good)
    return [_values(world, goods) for goods in by_family.values()]


def _values(world: World, goods: Sequence[Good]) -> dict[str, Any]:
    family = goods[0].family
    return {
        "code": family.code,
        "brand": family.brand,
        "maker": MANUFACTURER,
        "name": family.name,
        "group": family.path[2],
        "issued": f"{MONTHS[world.today.month - 1]} {world.today.year}",
        "about": (
            f"Серия «{family.name}» марки {family.brand}: {len(goods)} исполнений. Отпускается упаковками "
            f"по {family.pack} {family.unit}. Гарантия 24 месяца, сделано в России."
        ),
        "axes": [[label, list(values)] for label, values in family.axes],
        "rows": [[g.code, g.name, g.barcode, str(g.weight_g), str(family.pack)] for g in goods],
    }
