"""What the hub needs of a format: a plugin registers one object per kind of connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from django.utils.functional import Promise

from zveno.exchange.rules.messages import Message, OrderMessage

FileContent = Literal["messages", "picture", "archive", "other"]
Words = str | Promise


@dataclass(frozen=True, slots=True)
class FileNature:
    """What a file is, and its turn among the files of a session: lower goes first."""

    content: FileContent
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of a connection. `kind` is choice, whole, decimal or text; an empty decimal means "none"."""

    name: str
    label: Words
    kind: Literal["choice", "whole", "decimal", "text"]
    default: str
    help: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    least: int = 0
    most: int = 0


class Unpacked(Protocol):
    """A file of an archive: its name with `/` between folders, and its bytes."""

    @property
    def name(self) -> str: ...

    @property
    def stream(self) -> Readable: ...


class Readable(Protocol):
    """Bytes, read once."""

    def read(self, size: int = -1) -> bytes: ...


class ErpFormat(Protocol):
    """A format of exchange. Faults that it raises say what is wrong with a file as a whole."""

    kind: str
    title: Words
    address: str
    """Where its endpoint is: a path with `{slug}`."""

    @property
    def options(self) -> tuple[Option, ...]: ...

    def nature(self, source: Path, *, name: str) -> FileNature:
        """What the file is, by what stands in it."""
        ...

    def unpack(self, source: Path) -> Iterator[Unpacked]:
        """The files of an archive, each to be read before the next."""
        ...

    def read(self, source: Path, *, name: str, told: Iterable[Message]) -> Iterator[Message]:
        """The messages of a file, as a stream; `told` are the dictionaries known from before."""
        ...

    def write_orders(
        self, orders: Iterable[OrderMessage], *, formed_at: datetime, options: Mapping[str, Any]
    ) -> Iterator[bytes]:
        """Orders in the words of the other side."""
        ...


_formats: dict[str, ErpFormat] = {}


def register_format(erp_format: ErpFormat) -> None:
    """Make a kind of connection known. A plugin calls it when Django is ready."""
    _formats[erp_format.kind] = erp_format


def format_of(kind: str) -> ErpFormat:
    """The format of connections of `kind`. Raises KeyError for one whose plugin is gone."""
    return _formats[kind]


def formats() -> tuple[ErpFormat, ...]:
    """All known formats, in the order of their registration."""
    return tuple(_formats.values())


def options_of(kind: str, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a connection, the defaults standing in for what was not chosen."""
    return {option.name: chosen.get(option.name, option.default) for option in format_of(kind).options}
