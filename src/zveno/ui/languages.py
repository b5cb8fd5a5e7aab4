"""Compiles translations: the `.po` files of each application into the one `.mo` that Django reads there.

An application has its own `locale/ru/LC_MESSAGES/django.po`, or one file for each area in `locale_parts/`, or both.
A part says its language in its header; Russian when it says none.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]
# Under this context the compiled file keeps the digest of what it was made of.
_STAMP = "zveno.ui.languages"


def compile_languages(*, force: bool = False, package: Path = PACKAGE) -> bool:
    """Compiles what changed; True when something did.

    A reader never sees half a file, so that several processes may compile at once.
    """
    changed = False
    for target, parts in sources(package).items():
        digest = _digest(parts)
        if force or not _is_made_of(digest, target):
            catalogue = joined(parts, target.parts[-3])
            catalogue.add("digest", digest, context=_STAMP)
            _write(target, catalogue)
            changed = True
    return changed


def sources(package: Path = PACKAGE) -> dict[Path, list[Path]]:
    """Each `.mo` with the `.po` files it is made of, the application's own first."""
    found: dict[Path, list[Path]] = {}
    for source in sorted(package.rglob("locale/*/LC_MESSAGES/django.po")):
        found.setdefault(source.with_suffix(".mo"), []).append(source)
    for source in sorted(package.rglob("locale_parts/*.po")):
        with source.open("rb") as read:
            language = str(read_po(read).locale_identifier or "ru")
        found.setdefault(source.parents[1] / "locale" / language / "LC_MESSAGES" / "django.mo", []).append(source)
    return found


def joined(parts: Iterable[Path], language: str) -> Catalog:
    """The texts of all parts; the first part that translates a text decides."""
    whole = Catalog(locale=language)
    for part in parts:
        with part.open("rb") as read:
            for message in read_po(read, locale=language):
                if message.id and message.string and whole.get(message.id, message.context) is None:
                    whole[message.id] = message
    return whole


def _digest(parts: Iterable[Path]) -> str:
    total = hashlib.sha256(Path(__file__).read_bytes())
    for part in parts:
        total.update(part.name.encode() + b"\0" + part.read_bytes() + b"\0")
    return total.hexdigest()


def _is_made_of(digest: str, target: Path) -> bool:
    return target.exists() and digest.encode() in target.read_bytes()


def _write(target: Path, catalogue: Catalog) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".mo")
    try:
        with os.fdopen(handle, "wb") as write:
            write_mo(write, catalogue)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
