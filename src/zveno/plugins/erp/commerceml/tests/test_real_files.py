"""Every CommerceML file of the shared data, counted by the codec, by plain XPath and by the committed table."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from zveno.exchange.rules.messages import Doubt
from zveno.kit.errors import Invalid
from zveno.plugins.erp.commerceml.codec import read_messages, sniff

_ROOT = Path(__file__).resolve().parents[6]
DATA = Path(os.environ.get("ZVENO_SHARED_DATA") or _ROOT.parent / "shared" / "data") / "commerceml"
TABLE = Path(__file__).with_name("real_files.json")
FILES = sorted(path for path in DATA.glob("[0-9]*/**/*.xml")) if DATA.is_dir() else []

pytestmark = pytest.mark.realdata


def name_of(path: Path) -> str:
    return path.relative_to(DATA).as_posix()


def count_by_codec(path: Path) -> dict[str, object]:
    """Messages by type and doubts by code, or the refusal."""
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    try:
        for message in read_messages(path):
            counts[type(message).__name__] += 1
            if isinstance(message, Doubt):
                codes[message.code] += 1
    except Invalid as refused:
        return {"refused": refused.code}
    counts.pop("Doubt", None)
    found = sorted(content.value for content in sniff(path).contents)
    return {"contents": found, "messages": dict(sorted(counts.items())), "doubts": dict(sorted(codes.items()))}


def count_by_xpath(path: Path) -> dict[str, int]:
    """The same, from the elements alone."""
    tree = etree.parse(str(path))

    def count(steps: str, where: str = "") -> int:
        located = "".join(
            f"{'//' if first else '/'}*[local-name()='{step}']"
            for first, step in ((number == 0, step) for number, step in enumerate(steps.split("/")))
        )
        return int(tree.xpath(f"count({located}{where})"))

    told = "*[local-name()='{}'][normalize-space(.)]".format
    describing = (
        "Наименование",
        "Штрихкод",
        "ШтрихКод",
        "Артикул",
        "Код",
        "ХарактеристикиТовара",
        "Картинка",
        "Статус",
    )
    described = "[" + " or ".join(told(name) for name in describing) + "]"
    by_warehouse = count("Предложение/Склад") + count("Предложение/Остатки/Остаток/Склад")
    return {
        "CategoryMessage": count("Группа"),
        "PropertyMessage": count("Классификатор/Свойства/Свойство"),
        "ProductKindMessage": count("Категории/Категория"),
        "UnitMessage": count("ЕдиницыИзмерения/ЕдиницаИзмерения", f"[{told('Ид')} or {told('Код')}]"),
        "PriceKindMessage": count("ТипыЦен/ТипЦены"),
        "WarehouseMessage": count("Склады/Склад"),
        "ProductMessage": count("Каталог/Товары/Товар") + count("Предложение", described),
        "PriceMessage": count("Предложение/Цены/Цена"),
        "StockMessage": by_warehouse
        + count("Предложение", f"[{told('Количество')}][not(*[local-name()='Склад' or local-name()='Остатки'])]"),
        "OrderMessage": count("Документ"),
    }


@pytest.mark.skipif(not FILES, reason="the shared data are not here")
def test_every_real_file_is_known_to_the_table():
    assert sorted(map(name_of, FILES)) == sorted(json.loads(TABLE.read_text("utf-8")))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_real_file_is_understood_to_the_last_record(path: Path):
    expected = json.loads(TABLE.read_text("utf-8"))[name_of(path)]
    assert count_by_codec(path) == expected
    counted = {name: number for name, number in count_by_xpath(path).items() if number}
    told = {name: number for name, number in expected["messages"].items() if not name.startswith("Export")}
    assert told == counted


@pytest.mark.skipif(not FILES, reason="the shared data are not here")
def test_number_of_real_files_read_is_said(capsys):
    with capsys.disabled():
        print(f"\ncommerceml: {len(FILES)} real files read")  # noqa: T201
    assert len(FILES) >= 50
