"""Generated exports are true to their plan, the same for the same seed, and read in constant memory."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from zveno.exchange.rules.messages import Doubt, ExportFinished, PriceMessage, ProductMessage, StockMessage
from zveno.kit.codes import is_gtin
from zveno.plugins.erp.commerceml.codec import Content, Dictionaries, read_messages, sniff
from zveno.plugins.erp.commerceml.generate import barcode, write_export


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("split", [False, True])
def test_export_holds_what_it_says(tmp_path: Path, encoding: str, split: bool):
    export = write_export(tmp_path, products=100, encoding=encoding, split=split)
    known = Dictionaries()
    messages = [message for path in export.paths for message in read_messages(path, dictionaries=known)]
    counts = Counter(type(message) for message in messages)
    assert (counts[PriceMessage], counts[StockMessage]) == (export.prices, export.stocks)
    whole = [message for message in messages if isinstance(message, ProductMessage) and not message.partial]
    assert len(whole) == export.products == 100
    assert (
        sum(1 for message in messages if isinstance(message, ProductMessage) and message.partial)
        == export.offers
        == 120
    )
    assert counts[Doubt] == 0
    assert all(
        is_gtin(code) for message in messages if isinstance(message, ProductMessage) for code in message.barcodes
    )
    assert all(value.name and value.value for product in whole for value in product.attributes)


def test_same_seed_makes_the_same_bytes(tmp_path: Path):
    one = write_export(tmp_path / "1", products=30, seed=7)
    two = write_export(tmp_path / "2", products=30, seed=7)
    other = write_export(tmp_path / "3", products=30, seed=8)
    assert [path.read_bytes() for path in one.paths] == [path.read_bytes() for path in two.paths]
    assert one.paths[1].read_bytes() != other.paths[1].read_bytes()


def test_split_export_is_told_apart_by_content(tmp_path: Path):
    export = write_export(tmp_path, products=5, split=True, only_changes=True)
    contents = [sniff(path).contents for path in export.paths]
    assert contents == [
        {Content.CATEGORIES, Content.PROPERTIES, Content.PRODUCTS},
        {Content.OFFERS, Content.PRICE_KINDS, Content.WAREHOUSES},
        {Content.OFFERS, Content.PRICES},
        {Content.OFFERS, Content.STOCK},
    ]
    finished = [message for message in read_messages(export.paths[3]) if isinstance(message, ExportFinished)]
    assert finished[0].only_changes


def test_barcode_has_the_right_check_digit():
    assert barcode(638133393, prefix="400") == "4006381333931"
    assert is_gtin(barcode(0))


_MEASURE = """
import resource, sys
from pathlib import Path
from zveno.plugins.erp.commerceml.codec import read_messages
for path in sys.argv[1:]:
    for _ in read_messages(Path(path)):
        pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_ten_times_the_products_take_the_same_memory(tmp_path: Path):
    def resident(products: int) -> int:
        export = write_export(tmp_path / str(products), products=products)
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE, *map(str, export.paths)], check=True, capture_output=True, text=True
        )
        return int(done.stdout)

    few, many = resident(5_000), resident(50_000)
    assert many < few * 1.15, (few, many)
