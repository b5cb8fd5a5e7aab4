"""A small demo world, loaded once for all tests here and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from zveno.demo.load import load
from zveno.demo.world import World

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SCALE = 0.02


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    store = tmp_path_factory.mktemp("store")
    made = World(now=NOW, scale=SCALE)
    with django_db_blocker.unblock(), override_settings(FILE_STORE=str(store), HOME=Path(store)), transaction.atomic():
        load(made)
        yield made
        transaction.set_rollback(True)
