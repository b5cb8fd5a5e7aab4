"""The file store: content by its SHA-256, compressed, written once; a folder, or any fsspec place."""

from __future__ import annotations

import gzip
import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, cast

import fsspec
from django.conf import settings

from zveno.base.models import StoredFile
from zveno.base.scope import current

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Content:
    """Stored bytes that another table than `StoredFile` opens: whoever may read that row may read them."""

    name: str
    sha256: str
    size: int


Kept = StoredFile | Content


def keep(
    *, pieces: Iterable[bytes], name: str, now: datetime, company_id: int | None = None, media_type: str = ""
) -> StoredFile:
    """Store the bytes of `pieces` and return their row. The content is on disk before the row is written."""
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile() as plain:
        with gzip.open(plain.name, "wb", compresslevel=1) as packed:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                packed.write(piece)
        sha256 = digest.hexdigest()
        _put(Path(plain.name), sha256)
    stored = StoredFile(
        company_id=company_id, name=name[-400:], media_type=media_type, sha256=sha256, size=size, stored_at=now
    )
    stored.save(force_insert=True)
    return stored


def visible_file(file_id: int) -> StoredFile | None:
    """The stored file with this id, if the current scope may see it."""
    return StoredFile.objects.visible_to(current()).filter(pk=file_id).first()


@contextmanager
def opened(stored: Kept) -> Iterator[IO[bytes]]:
    """The stored bytes as a binary stream."""
    with fsspec.open(_place(stored.sha256), "rb") as packed, gzip.open(packed, "rb") as plain:
        yield cast("IO[bytes]", plain)


def stream(stored: Kept) -> Iterator[bytes]:
    """The stored bytes piece by piece, for an answer that outlives its view."""
    with opened(stored) as source:
        while piece := source.read(_PIECE):
            yield piece


@contextmanager
def on_disk(stored: Kept) -> Iterator[Path]:
    """The stored bytes as a temporary file under its own name's extension, for libraries that want a path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{Path(stored.name).suffix.lower()[:12]}"
        with opened(stored) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, _PIECE)
        yield path


def derived(stored: Kept, name: str, make: Callable[[bytes], bytes | None]) -> bytes | None:
    """What `make` makes of the stored bytes, kept under `name` beside them, so that it is made once.

    None, and nothing kept, when it makes nothing of them.
    """
    place = f"{settings.FILE_STORE.rstrip('/')}/derived/{stored.sha256[:2]}/{stored.sha256}.{name}"
    system, path = fsspec.core.url_to_fs(place)
    if system.exists(path):
        return cast("bytes", system.cat_file(path))
    with opened(stored) as source:
        made = make(source.read())
    if made is not None:
        system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        beside = f"{path}.{secrets.token_hex(4)}.part"
        system.pipe_file(beside, made)
        system.mv(beside, path)
    return made


def _place(sha256: str) -> str:
    return f"{settings.FILE_STORE.rstrip('/')}/{sha256[:2]}/{sha256}.gz"


def _put(source: Path, sha256: str) -> None:
    place = _place(sha256)
    system, path = fsspec.core.url_to_fs(place)
    if system.exists(path):
        return
    system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
    # A reader must never see half a file: written beside, then moved.
    beside = f"{path}.{id(source)}.part"
    system.put_file(str(source), beside)
    system.mv(beside, path)
