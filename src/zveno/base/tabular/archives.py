"""Zip archives judged by their directory and their true unpacked length before anybody else opens them."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from zveno.base.tabular.faults import FileBroken, PasswordProtected, ZipTooLarge

_SLICE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a sent file may become; `ratio` of packing holds for members over `ratio_from` bytes."""

    unpacked: int = 1_500_000_000
    ratio: int = 300
    ratio_from: int = 10_000_000
    members: int = 5_000
    columns: int = 16_384
    rows: int = 1_048_576
    cells: int = 40_000_000


LIMITS = Limits()


class Unpacked:
    """A file taken out of an archive, on disk for as long as anybody holds this."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._file = tempfile.NamedTemporaryFile()  # noqa: SIM115 - goes with this value
        self._file.writelines(pieces)
        self._file.flush()

    def open(self) -> BinaryIO:
        """The bytes to read from the start."""
        return Path(self._file.name).open("rb")


Source: TypeAlias = bytes | Path | Unpacked


def open_source(source: Source) -> BinaryIO:
    """The bytes of `source` to read from the start."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    return source.open("rb") if isinstance(source, Path) else source.open()


def all_bytes(source: Source) -> bytes:
    """The whole of `source`."""
    if isinstance(source, bytes):
        return source
    with open_source(source) as stream:
        return stream.read()


def open_zip(source: Source, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """The archive, once its directory is within `limits`. Raises `FileBroken`, `ZipTooLarge`, `PasswordProtected`."""
    try:
        archive = zipfile.ZipFile(open_source(source))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileBroken(reason=str(error)) from error
    members = archive.infolist()
    if len(members) > limits.members or sum(member.file_size for member in members) > limits.unpacked:
        raise ZipTooLarge(unpacked=sum(member.file_size for member in members), limit=limits.unpacked)
    for member in members:
        if member.flag_bits & 1:
            raise PasswordProtected(place=member.filename)
        if member.file_size > limits.ratio_from and member.file_size > limits.ratio * max(member.compress_size, 1):
            raise ZipTooLarge(
                place=member.filename, unpacked=member.file_size, limit=limits.ratio * member.compress_size
            )
    return archive


def blocks(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The member in pieces; fails where the directory lied about its length or the data are damaged."""
    try:
        with archive.open(member) as stream:
            while block := stream.read(_SLICE):
                yield block
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError) as error:
        raise FileBroken(place=member, reason=str(error)) from error
    except Exception as error:  # zlib.error is no subclass of the above
        raise FileBroken(place=member, reason=str(error)) from error
