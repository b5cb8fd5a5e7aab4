"""Bringing a database up to date: roles, tables, cache table, grants and row policies; repeatable."""

from __future__ import annotations

import os
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.core.management import call_command
from django.db import transaction

from zveno.base.rowsecurity import apply_row_security, ensure_roles


def migrate(*, say: Callable[[str], object] = lambda _: None) -> None:
    """Bring the connected database up to date. Runs as the owner; a second run changes nothing."""
    ensure_roles(web_password=unquote(urlsplit(os.environ.get("DATABASE_WEB_URL", "")).password or ""))
    say("Tables …")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    say("Places …")
    _first_places()
    say("Row security …")
    apply_row_security()


def _first_places() -> None:
    from zveno.delivery.actions.take_places import load_first_places

    with transaction.atomic():
        load_first_places()
