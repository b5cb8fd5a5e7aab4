"""A seller with a connection to its 1С, and exports of our own making."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from tests import world

from zveno.exchange.importing import ImportedFile, import_files
from zveno.exchange.models import Connection

PASSWORD = "three-green-lamps"
HASH = make_password(PASSWORD)


@dataclass(frozen=True)
class Link:
    """A seller and its connection."""

    seller: world.Partner
    connection: Connection

    def feed(self, *paths: Path) -> list[ImportedFile]:
        """Import files by their names, as `zveno import-1c` does."""
        sources = [(path.name, path) for path in paths]
        return import_files(connection_id=self.connection.pk, sources=sources, clock=now)


def now() -> datetime:
    return datetime.now(UTC)


def connect(seller: world.Partner, slug: str = "trade-house", **options: Any) -> Link:
    """A connection of `seller` whose password is PASSWORD."""
    made = Connection.objects.create(
        seller=seller.company, name="1С УТ 11", slug=slug, login="1c", password_hash=HASH, options=options
    )
    return Link(seller, made)


@pytest.fixture
def link(db: None) -> Link:
    return connect(world.seller())


@pytest.fixture(autouse=True)
def file_store(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Stored files of a test in its own folder."""
    settings.FILE_STORE = str(tmp_path / "store")
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    yield tmp_path / "store"
