"""Who calls: connections by their address, sessions by their token."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zveno.accounts.rules.secrets import digest
from zveno.base.scope import Scope, Section, current, entered
from zveno.exchange.models import Connection, Exchange, InboxFile
from zveno.exchange.ports import options_of

_LIVES = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class FileState:
    """How far a file of a session is. `error` is that of `InboxFile`; `done` counts applied messages."""

    name: str
    state: str
    done: int
    error: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Peer:
    """The accounting system at an address: its connection, with its options complete."""

    connection: Connection
    options: dict[str, Any]

    @property
    def time_zone(self) -> str:
        return self.connection.seller.time_zone

    def scope(self, *, clients: Collection[int] = ()) -> Scope:
        """What it may see: its seller's own and, where they are given, its clients by name."""
        seller = (self.connection.seller_id,)
        return Scope(
            section=Section.SELLING,
            companies=seller,
            sellers=seller,
            known_companies=(*seller, *clients),
            actor_name=self.connection.name,
        )


@dataclass(frozen=True, slots=True)
class Session:
    """A living session of a peer."""

    peer: Peer
    exchange: Exchange


def peer_at(*, slug: str, kind: str) -> Peer | None:
    """Who is at an address. It is looked up before anybody is known, so as the house itself; then that is forgotten."""
    with entered(Scope(section=Section.DESK, actor_name="exchange")):
        rows = Connection.objects.visible_to(current()).select_related("seller").filter(slug=slug, kind=kind)
        found = rows.first()
    return Peer(found, options_of(found.kind, found.options)) if found else None


def session_of(*, peer: Peer, token: str, now: datetime) -> Session | None:
    """The living session of this peer that `token` stands for."""
    if not token:
        return None
    living = Exchange.objects.visible_to(current()).filter(
        connection=peer.connection, token_sha256=digest(token), last_call_at__gte=now - _LIVES
    )
    found = living.first()
    if found is None:
        return None
    found.connection = peer.connection
    return Session(peer, found)


def has_uploads(exchange: Exchange) -> bool:
    """Whether pieces of the session wait to be put together."""
    return exchange.uploads.exists()


def file_state(exchange: Exchange, *, name: str) -> FileState | None:
    """The session's file of this name, in whatever folder; else an archive of the session that was refused."""
    files = InboxFile.objects.visible_to(current()).filter(exchange=exchange).order_by("-id")
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    row = (
        files.filter(name=name).first()
        or files.filter(name__endswith=f"/{base}").first()
        or files.filter(name=base).first()
        or files.filter(content="archive", state="refused").first()
    )
    return FileState(row.name, row.state, row.done, row.error) if row else None


def unfinished(exchange: Exchange) -> int:
    """How many files of the session wait or are being applied."""
    waiting = InboxFile.objects.visible_to(current()).filter(exchange=exchange, state__in=("waiting", "applying"))
    return waiting.count()
