"""CommerceML as the hub knows it: the port's object over the codec."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.exchange.errors import PictureBroken
from zveno.exchange.ports import FileNature, Option, Unpacked, Words
from zveno.exchange.rules.messages import Message, OrderMessage
from zveno.plugins.erp.commerceml.archive import is_archive, read_entries
from zveno.plugins.erp.commerceml.codec import Content, Dictionaries, read_messages, sniff, write_orders
from zveno.plugins.erp.commerceml.options import OPTIONS

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
_PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff"})
_XML_SUFFIXES = frozenset({".xml", ".cml", ""})
_DICTIONARIES = frozenset(
    {
        Content.CATEGORIES,
        Content.PROPERTIES,
        Content.PRODUCT_KINDS,
        Content.UNITS,
        Content.PRICE_KINDS,
        Content.WAREHOUSES,
        Content.COUNTERPARTIES,
    }
)


class CommerceMl:
    """The format of «Обмен с сайтом»."""

    kind = "commerceml"
    title: Words = _("1С (CommerceML)")
    address = "/exchange/1c/{slug}/"

    @property
    def options(self) -> tuple[Option, ...]:
        return OPTIONS

    def nature(self, source: Path, *, name: str) -> FileNature:
        """Archive and picture by their first bytes; what else is called XML or looks like it is read as messages.

        Raises what `sniff` raises, and PictureBroken for a picture's name over other bytes.
        """
        with source.open("rb") as stream:
            head = stream.read(512)
        suffix = PurePosixPath(name).suffix.lower()
        if is_archive(source):
            return FileNature("archive")
        if head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
            return FileNature("picture")
        if suffix in _PICTURE_SUFFIXES:
            raise PictureBroken(name=name)
        if suffix in _XML_SUFFIXES or _looks_like_xml(head):
            return FileNature("messages", _rank(sniff(source, name=name).contents))
        return FileNature("other")

    def unpack(self, source: Path) -> Iterator[Unpacked]:
        """The files of a zip; raises before the first of them where a name or a size is not to be trusted."""
        return read_entries(source)

    def read(self, source: Path, *, name: str, told: Iterable[Message]) -> Iterator[Message]:
        """The messages of a file, with the dictionaries of before."""
        dictionaries = Dictionaries()
        for message in told:
            dictionaries.learn(message)
        return read_messages(source, dictionaries=dictionaries, name=name)

    def write_orders(
        self, orders: Iterable[OrderMessage], *, formed_at: datetime, options: Mapping[str, Any]
    ) -> Iterator[bytes]:
        """The orders as one file."""
        return write_orders(orders, formed_at=formed_at, encoding=options["encoding"], version=options["version"])


def _looks_like_xml(head: bytes) -> bool:
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe\x00 \t\r\n")
    return plain.startswith(b"<")


def _rank(contents: frozenset[Content]) -> int:
    """What others refer to goes first: dictionaries, products, offers, prices, stock, documents."""
    if Content.DOCUMENTS in contents:
        return 6
    if Content.PRODUCTS in contents:
        return 2
    if Content.OFFERS in contents:
        if Content.PRICES in contents:
            return 4
        return 5 if Content.STOCK in contents else 3
    return 1 if contents & _DICTIONARIES else 3
