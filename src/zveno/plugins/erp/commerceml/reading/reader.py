"""The course of a file: records are read as they end and freed at once, so memory does not grow with the file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from zveno.exchange.rules.messages import (
    CounterpartyMessage,
    Doubt,
    ExportFinished,
    ExportPart,
    ExportStarted,
    Message,
    PriceMessage,
    ProductMessage,
    StockMessage,
)
from zveno.plugins.erp.commerceml.dictionaries import Dictionaries
from zveno.plugins.erp.commerceml.errors import XmlBroken
from zveno.plugins.erp.commerceml.reading import classifier
from zveno.plugins.erp.commerceml.reading.cards import read_product
from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.counterparties import read_counterparties, read_counterparty
from zveno.plugins.erp.commerceml.reading.documents import read_document
from zveno.plugins.erp.commerceml.reading.elements import Element, attribute, child, child_text, local
from zveno.plugins.erp.commerceml.reading.offers import read_offer
from zveno.plugins.erp.commerceml.reading.source import ROOT, open_source
from zveno.plugins.erp.commerceml.reading.values import parse_flag

Source = BinaryIO | bytes | Path
_Read = Callable[[Element, Reading], Iterator[Message]]

_PARTS = {
    "Классификатор": ExportPart.CLASSIFIER,
    "Каталог": ExportPart.CATALOG,
    "ПакетПредложений": ExportPart.OFFERS,
    "ИзмененияПакетаПредложений": ExportPart.OFFERS,
}
# (the element that holds the records, a record) → how one is read. The holder stands right inside a part.
_RECORDS: dict[tuple[str, str], _Read] = {
    ("Группы", "Группа"): classifier.read_groups,
    ("Свойства", "Свойство"): classifier.read_property,
    ("Категории", "Категория"): classifier.read_product_kind,
    ("ЕдиницыИзмерения", "ЕдиницаИзмерения"): classifier.read_unit,
    ("ТипыЦен", "ТипЦены"): classifier.read_price_kind,
    ("Склады", "Склад"): classifier.read_warehouse,
    ("Контрагенты", "Контрагент"): read_counterparties,
    ("Товары", "Товар"): read_product,
    ("Предложения", "Предложение"): read_offer,
}
_DOCUMENT = "Документ"
_WATCHED = tuple(
    f"{{*}}{name}" for name in {ROOT, _DOCUMENT, "Контейнер", *_PARTS, *(record for _, record in _RECORDS)}
)


def read_messages(source: Source, *, dictionaries: Dictionaries | None = None, name: str = "") -> Iterator[Message]:
    """Every statement of a CommerceML file, in its order, with `Doubt`s among them for what could not be taken.

    `dictionaries` is the memory of the exchange; give the same to the files of one session in turn, it is read and
    filled. `name` is how the file is called in places. The file is read as a stream and parsed as the caller asks for
    more: a file that breaks in the middle raises after all that stood before it has been told.
    Raises `FileEmpty`, `EncodingUnknown`, `NotCommerceml`, `XmlEntityForbidden`, `XmlBroken`.
    """
    known = Dictionaries() if dictionaries is None else dictionaries
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield from _Course(Reading(name or source.name, known)).run(stream)
    else:
        given = io.BytesIO(source) if isinstance(source, bytes) else source
        yield from _Course(Reading(name, known)).run(given)


@dataclass(slots=True)
class _Part:
    """The block being read; `announced` once its beginning has been told."""

    element: Element
    kind: ExportPart
    announced: bool = False
    products: int = 0
    prices: int = 0
    stocks: int = 0
    doubts: int = 0


class _Course:
    """One pass over one file."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._part: _Part | None = None
        self._documents_open = 0

    def run(self, stream: BinaryIO) -> Iterator[Message]:
        opened = open_source(stream, self._reading.name)
        events = etree.iterparse(
            opened.stream,
            events=("start", "end"),
            tag=_WATCHED,
            encoding=opened.encoding.replace("-16-", "-16").upper(),
            resolve_entities=False,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for event, element in events:
                name = local(element)
                if event == "start":
                    self._start(element, name)
                else:
                    yield from self._end(element, name)
        except etree.XMLSyntaxError as error:
            line = error.lineno or 0
            place = f"{self._reading.name}:{line}" if self._reading.name else str(line)
            raise XmlBroken(place=place, reason=str(error.msg)) from None
        yield from self._doubts()

    def _start(self, element: Element, name: str) -> None:
        if name == _DOCUMENT:
            self._documents_open += 1
        elif name in _PARTS and self._part is None and not self._documents_open:
            self._part = _Part(element, _PARTS[name])
        elif name == ROOT:
            formed = attribute(element, "ДатаФормирования")
            if formed:
                self._reading.source_time = self._reading.moment(element, formed, what="ДатаФормирования")

    def _end(self, element: Element, name: str) -> Iterator[Message]:
        if name == _DOCUMENT:
            self._documents_open -= 1
            if not self._documents_open:
                yield from self._told(read_document(element, self._reading))
                _free(element)
        elif self._documents_open:
            return
        elif self._part is not None and element is self._part.element:
            yield from self._finish(self._part)
            self._part = None
            _free(element)
        elif name == "Контейнер":
            _free(element)
        else:
            yield from self._record(element, name)

    def _record(self, element: Element, name: str) -> Iterator[Message]:
        holder = element.getparent()
        if holder is None:
            return
        read = _RECORDS.get((local(holder), name))
        around = holder.getparent()
        if read is None or around is None:
            return
        if self._part is not None and around is self._part.element:
            if not self._part.announced:
                yield self._announce(self._part)
            yield from self._told(read(element, self._reading))
            _free(element)
        elif self._part is None and local(around) == ROOT:
            yield from self._told(read(element, self._reading))
            _free(element)

    def _told(self, messages: Iterator[Message]) -> Iterator[Message]:
        reading, part = self._reading, self._part
        for message in messages:
            reading.dictionaries.learn(message)
            yield message
            if part is not None:
                _count(part, message)
        yield from self._doubts()

    def _doubts(self) -> Iterator[Doubt]:
        if self._reading.pending:
            if self._part is not None:
                self._part.doubts += len(self._reading.pending)
            yield from self._reading.pending
            self._reading.pending.clear()

    def _announce(self, part: _Part) -> ExportStarted:
        part.announced = True
        element = part.element
        return ExportStarted(
            part.kind,
            _catalog_id(element),
            child_text(element, "Наименование"),
            _only_changes(element, part.kind),
            _owner(element),
            self._reading.source_time,
        )

    def _finish(self, part: _Part) -> Iterator[Message]:
        if not part.announced:
            yield self._announce(part)
        yield from self._doubts()
        yield ExportFinished(
            part.kind,
            _catalog_id(part.element),
            _only_changes(part.element, part.kind),
            part.products,
            part.prices,
            part.stocks,
            part.doubts,
        )


def _count(part: _Part, message: Message) -> None:
    if isinstance(message, ProductMessage):
        part.products += 1
    elif isinstance(message, PriceMessage):
        part.prices += 1
    elif isinstance(message, StockMessage):
        part.stocks += 1


def _catalog_id(element: Element) -> str:
    """The catalogue a block is about; offers name it apart, or in their own id with a stray `#`."""
    return child_text(element, "ИдКаталога") or child_text(element, "Ид").strip("#")


def _only_changes(element: Element, kind: ExportPart) -> bool:
    if local(element) == "ИзмененияПакетаПредложений":
        return True
    told = attribute(element, "СодержитТолькоИзменения") or child_text(element, "СодержитТолькоИзменения")
    # A classifier rarely says; one that does not may be a part of a split export, so nothing missing is gone.
    return parse_flag(told) is not False if told or kind is ExportPart.CLASSIFIER else False


def _owner(element: Element) -> CounterpartyMessage | None:
    owner = child(element, "Владелец")
    return read_counterparty(owner) if owner is not None else None


def _free(element: Element) -> None:
    """Drop a read record and all its finished neighbours before it (the parser still stands on the record itself)."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
