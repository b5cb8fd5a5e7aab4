"""Archives of an exchange: gathered from the pieces 1С sends, and unpacked without trusting a word in them."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from zveno.plugins.erp.commerceml.errors import ZipBroken, ZipEncrypted, ZipNested, ZipPathForbidden, ZipTooLarge

_CHUNK = 1 << 18
_NAME_IS_UTF8 = 0x800
_ENCRYPTED = 0x1
_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar"})
_ZIP_MARK = b"PK\x03\x04"
_RATIO_FROM = 16 << 20
_LONGEST_NAME = 400


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold: files, bytes unpacked, and times its packed size (above 16 MiB unpacked)."""

    files: int = 200_000
    total_size: int = 4 << 30
    ratio: int = 250


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: its name with `/` between folders, its bytes, to be read before the next is asked for."""

    name: str
    size: int
    stream: Counted


def safe_name(name: str) -> str:
    """`name`, as 1С or an archive gives it, as a relative path with `/`.

    Raises `ZipPathForbidden` if it would leave the folder.
    """
    plain = name.replace("\\", "/")
    parts = PurePosixPath(plain).parts
    forbidden = (
        not parts
        or plain.startswith("/")
        or ".." in parts
        or ":" in plain
        or any(ord(sign) < 32 for sign in plain)
        or len(plain.encode()) > _LONGEST_NAME
    )
    if forbidden:
        raise ZipPathForbidden(place=name[:80], name=name[:80])
    return "/".join(parts)


def append_piece(folder: Path, name: str, piece: BinaryIO | bytes, *, limit: int) -> Path:
    """Add the next piece of a file sent in several calls; the file under `folder` it has grown into.

    Raises `ZipPathForbidden` for a name that would leave `folder`, `ZipTooLarge` above `limit` bytes in all (what came
    before stays, the piece does not).
    """
    path = folder / safe_name(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat().st_size if path.exists() else 0
    with path.open("ab") as target:
        written = before
        for chunk in _chunks(piece):
            written += len(chunk)
            if written > limit:
                target.truncate(before)
                raise ZipTooLarge(place=name[:80], limit="file_size", allowed=limit, found=written)
            target.write(chunk)
    return path


def is_archive(source: Path | bytes) -> bool:
    """Whether the bytes begin as a zip archive does; the name says nothing."""
    if isinstance(source, bytes):
        return source.startswith(_ZIP_MARK)
    with source.open("rb") as stream:
        return stream.read(len(_ZIP_MARK)) == _ZIP_MARK


def read_entries(source: Path | BinaryIO, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[Entry]:
    """The files of an archive in their order, each as a stream that stops at the limits; folders are passed over.

    All names and declared sizes are checked before the first file is given. Raises `ZipBroken`, `ZipEncrypted`,
    `ZipNested`, `ZipPathForbidden`, `ZipTooLarge`.
    """
    with _opened(source) as archive:
        entries = [(info, _checked_name(info)) for info in archive.infolist() if not info.is_dir()]
        _check_declared(entries, limits)
        allowance = _Allowance(limits.total_size, limits.total_size)
        for info, name in entries:
            with _broken_as_fault(name), archive.open(info) as stream:
                yield Entry(name, info.file_size, Counted(stream, name, allowance))


def unpack(source: Path | BinaryIO, folder: Path, *, limits: Limits = DEFAULT_LIMITS) -> tuple[str, ...]:
    """Unpack all files under `folder`; their names. Raises as `read_entries`; what was unpacked before stays."""
    names: list[str] = []
    for entry in read_entries(source, limits=limits):
        target = folder / entry.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with _broken_as_fault(entry.name), target.open("wb") as written:
            while chunk := entry.stream.read(_CHUNK):
                written.write(chunk)
        names.append(entry.name)
    return tuple(names)


@dataclass(slots=True)
class _Allowance:
    """Bytes that may still come out of one archive."""

    allowed: int
    left: int


class Counted:
    """A stream that counts what really comes out, whatever the archive declares."""

    def __init__(self, stream: IO[bytes], name: str, allowance: _Allowance) -> None:
        self._stream = stream
        self._name = name
        self._allowance = allowance

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, none only at the end; raises `ZipTooLarge`, `ZipBroken`."""
        asked = _CHUNK if size < 0 else size
        with _broken_as_fault(self._name):
            got = self._stream.read(asked)
        self._allowance.left -= len(got)
        if self._allowance.left < 0:
            raise ZipTooLarge(
                place=self._name, limit="total_size", allowed=self._allowance.allowed, found=self._allowance.allowed
            )
        return got


def _chunks(piece: BinaryIO | bytes) -> Iterator[bytes]:
    if isinstance(piece, bytes):
        yield piece
        return
    while chunk := piece.read(_CHUNK):
        yield chunk


@contextmanager
def _opened(source: Path | BinaryIO) -> Iterator[zipfile.ZipFile]:
    with _broken_as_fault(""):
        archive = zipfile.ZipFile(source)
    with archive:
        yield archive


@contextmanager
def _broken_as_fault(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, OSError) as error:
        raise ZipBroken(place=name, reason=str(error)[:200]) from None


def _checked_name(info: zipfile.ZipInfo) -> str:
    name = safe_name(_decoded_name(info))
    mode = info.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        raise ZipPathForbidden(place=name, name=name)
    if info.flag_bits & _ENCRYPTED:
        raise ZipEncrypted(place=name, name=name)
    if PurePosixPath(name).suffix.lower() in _ARCHIVES:
        raise ZipNested(place=name, name=name)
    if info.compress_type not in _PLAIN_METHODS:
        raise ZipBroken(place=name, reason=f"compression method {info.compress_type}")
    return name


def _decoded_name(info: zipfile.ZipInfo) -> str:
    """A name without the UTF-8 flag is in the code page of the sender's DOS, or in UTF-8 after all."""
    if info.flag_bits & _NAME_IS_UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp866")


def _check_declared(entries: list[tuple[zipfile.ZipInfo, str]], limits: Limits) -> None:
    if len(entries) > limits.files:
        raise ZipTooLarge(limit="files", allowed=limits.files, found=len(entries))
    seen: set[str] = set()
    for _, name in entries:
        if name in seen:
            raise ZipBroken(place=name, reason="two files of one name")
        seen.add(name)
    size = sum(info.file_size for info, _ in entries)
    if size > limits.total_size:
        raise ZipTooLarge(limit="total_size", allowed=limits.total_size, found=size)
    packed = sum(info.compress_size for info, _ in entries)
    if size > _RATIO_FROM and size > limits.ratio * max(packed, 1):
        raise ZipTooLarge(limit="ratio", allowed=limits.ratio, found=size // max(packed, 1))
