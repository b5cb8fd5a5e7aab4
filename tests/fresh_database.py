"""A database of one test process: copied from one that was migrated before, then brought up to date as always."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection

import zveno

_LOCK = 4920418
_PREFIX = "zveno_tables_"


@contextmanager
def fresh_database() -> Iterator[None]:
    """Point Django at a new database with every table; it goes with the block."""
    from zveno.config.migrate import migrate

    settings = connection.settings_dict
    usual = settings["NAME"]
    name = f"test_zveno_{os.getpid()}{os.environ.get('PYTEST_XDIST_WORKER', '')}"
    template = _PREFIX + _digest()
    with psycopg.connect(**_address(), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _drop_old_templates(server)
            server.execute(f"CREATE DATABASE {template}_making")
            _use(f"{template}_making")
            migrate()
            connection.close()
            server.execute(f"ALTER DATABASE {template}_making RENAME TO {template}")
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        server.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    _use(name)
    migrate()
    yield
    connection.close()
    with psycopg.connect(**_address(), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _use(usual)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["TEST"]["NAME"] = name


def _address() -> dict[str, object]:
    settings = connection.settings_dict
    told = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    return {**told, "password": settings["PASSWORD"] or None, "dbname": "postgres"}


def _drop_old_templates(server: psycopg.Connection) -> None:
    for (old,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_PREFIX}%"]).fetchall():
        server.execute(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)")


def _digest() -> str:
    """Of all that tables, roles and policies are made from."""
    root = Path(zveno.__file__).parent
    digest = hashlib.sha256()
    for path in sorted((*root.rglob("migrations/*.py"), *root.rglob("models.py"), *(root / "base").glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
