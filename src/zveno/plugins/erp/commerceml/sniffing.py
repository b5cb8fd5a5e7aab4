"""What a file is, by what stands in it and never by its name."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from zveno.plugins.erp.commerceml.reading.source import ROOT, Refitted, open_source

_CHUNK = 1 << 20
_OVERLAP = 128
_BEFORE = frozenset({b"<", b":", b" ", b"\t", b"\n"})
_AFTER = frozenset({b">", b"/", b" ", b"\t", b"\r", b"\n", b"="})


class Content(StrEnum):
    """A kind of records a CommerceML file may hold; one file may hold several."""

    CATEGORIES = "categories"
    PROPERTIES = "properties"
    PRODUCT_KINDS = "product_kinds"
    UNITS = "units"
    PRICE_KINDS = "price_kinds"
    WAREHOUSES = "warehouses"
    COUNTERPARTIES = "counterparties"
    PRODUCTS = "products"
    OFFERS = "offers"
    PRICES = "prices"
    STOCK = "stock"
    DOCUMENTS = "documents"


_SIGNS: dict[Content, tuple[str, ...]] = {
    Content.CATEGORIES: ("Группа",),
    Content.PROPERTIES: ("Свойство",),
    Content.PRODUCT_KINDS: ("Категории",),
    Content.UNITS: ("ЕдиницаИзмерения",),
    Content.PRICE_KINDS: ("ТипЦены",),
    Content.WAREHOUSES: ("Склады",),
    Content.COUNTERPARTIES: ("Контрагент",),
    Content.PRODUCTS: ("Товар",),
    Content.OFFERS: ("Предложение",),
    Content.PRICES: ("Цена",),
    Content.STOCK: ("Остатки", "КоличествоНаСкладах"),
    Content.DOCUMENTS: ("Документ",),
}
_STOCK_IN_OFFERS = ("Количество", "КоличествоНаСкладе")


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What `sniff` found: the kinds of records, the encoding the bytes are in, whether the root element is missing."""

    contents: frozenset[Content]
    encoding: str
    is_fragment: bool


def sniff(source: BinaryIO | bytes | Path, *, name: str = "") -> FileSummary:
    """What kinds of records a CommerceML file holds; looks at all of its bytes once, without parsing it.

    Raises `FileEmpty`, `EncodingUnknown`, `NotCommerceml`, `XmlEntityForbidden`, `XmlBroken` for what cannot be one.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return sniff(stream, name=name or source.name)
    opened = open_source(io.BytesIO(source) if isinstance(source, bytes) else source, name)
    found = _found_elements(opened.stream, opened.encoding)
    contents = {content for content, signs in _SIGNS.items() if found.intersection(signs)}
    if Content.DOCUMENTS in contents:
        contents -= {Content.PRODUCTS, Content.COUNTERPARTIES, Content.STOCK, Content.WAREHOUSES}
    if Content.OFFERS in contents and found.intersection(_STOCK_IN_OFFERS):
        contents.add(Content.STOCK)
    return FileSummary(frozenset(contents), opened.encoding, opened.root != ROOT)


def _found_elements(stream: Refitted, encoding: str) -> set[str]:
    wanted = {name for signs in _SIGNS.values() for name in signs} | set(_STOCK_IN_OFFERS)
    found: set[str] = set()
    kept = b""
    while chunk := stream.read(_CHUNK):
        window = kept + chunk
        found.update(name for name in wanted - found if _stands_in(window, name, encoding))
        kept = window[-_OVERLAP:]
    return found


def _stands_in(window: bytes, name: str, encoding: str) -> bool:
    """Whether an element or an attribute of exactly that name begins in `window`."""
    sought = name.encode(encoding)
    sign = len("<".encode(encoding))
    at = window.find(sought)
    while at >= 0:
        before = window[max(at - sign, 0) : at].strip(b"\0")
        after = window[at + len(sought) : at + len(sought) + sign].strip(b"\0")
        if before in _BEFORE and after in _AFTER:
            return True
        at = window.find(sought, at + 1)
    return False
