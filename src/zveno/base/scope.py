"""The two walls, first half: who is looking, and through which section of the house.

A `Scope` is entered inside a transaction. Entering tells PostgreSQL the section's role and the ids it may see
(`SET LOCAL`, so the transaction's end forgets them) and tells Python the same through `current()`. Querysets of
walled models filter by it in `visible_to`; row security (see `zveno.base.rowsecurity`) repeats the filter beneath.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from enum import StrEnum

from django.conf import settings
from django.db import connection

from zveno.base.roles import WEB_ROLE


class Section(StrEnum):
    """A part of the house with its own database role."""

    NOBODY = "nobody"
    BUYING = "buying"
    SELLING = "selling"
    DESK = "desk"
    SYSTEM = "system"


ROLE_OF_SECTION = {
    Section.NOBODY: WEB_ROLE,
    Section.BUYING: "zveno_buying",
    Section.SELLING: "zveno_selling",
    Section.DESK: "zveno_desk",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What the one who acts may see. Ids of: own companies, visible buying entities, sellers.

    In the buying section `sellers` are those one buys from; in the selling section those one sells as.
    `known_companies` are the companies whose names one may read (own, and partners of either side).
    `only_sellers`, where not empty, narrows a buyer's view to dealings with these sellers: a seller's manager who acts
    for a client sees nothing of the client's other sellers. `secret_sha256` is the digest of a secret that the caller
    showed (an API key, an invitation): nobody yet, they see the one row it opens.
    """

    section: Section
    user_id: int | None = None
    companies: tuple[int, ...] = ()
    entities: tuple[int, ...] = ()
    sellers: tuple[int, ...] = ()
    known_companies: tuple[int, ...] = ()
    only_sellers: tuple[int, ...] = ()
    secret_sha256: str = ""
    actor_name: str = ""
    # The company that a seller's manager acts for.
    on_behalf_of: int | None = None
    on_behalf_of_name: str = ""

    def ids(self, key: str) -> tuple[int, ...]:
        """The ids listed under `key`, one of the names in `ID_KEYS`; `users` is the acting person alone.

        `own_companies` and `own_entities` are those of people who belong there: nobody's while one acts for a client.
        """
        if key == "users":
            return (self.user_id,) if self.user_id is not None else ()
        if key in _OF_MEMBERS:
            return () if self.on_behalf_of is not None else self.ids(_OF_MEMBERS[key])
        value = getattr(self, key)
        assert isinstance(value, tuple)
        return value


# What a company keeps to its own people, also from the seller's manager who acts for it.
_OF_MEMBERS = {"own_companies": "companies", "own_entities": "entities"}
ID_KEYS = ("companies", "entities", "sellers", "known_companies", "only_sellers", "users", *_OF_MEMBERS)
DIGEST_SETTING = "secret_sha256"
NOBODY = Scope(section=Section.NOBODY)
_OUTSIDE = Scope(section=Section.SYSTEM)

_current: ContextVar[Scope | None] = ContextVar("zveno_scope", default=None)


def current() -> Scope:
    """The scope entered last in this context; `NOBODY` when none is."""
    return _current.get() or NOBODY


def system_scope(actor_name: str = "system") -> Scope:
    """The scope of imports, marts and other work for the system: it sees everything, and says so by its name."""
    return Scope(section=Section.SYSTEM, actor_name=actor_name)


@contextmanager
def entered(scope: Scope, *, to_the_end: bool = False) -> Iterator[Scope]:
    """Act as `scope` until the block ends. Needs an open transaction, since the database forgets at its end.

    With `to_the_end` the transaction ends with the block, so PostgreSQL need not be told to forget.
    Raises RuntimeError outside a transaction.
    """
    if scope.section is not Section.SYSTEM and not connection.in_atomic_block:
        raise RuntimeError("a scope is entered inside a transaction")
    before = _current.get()
    token = _current.set(scope)
    _tell_database(scope)
    try:
        yield scope
    finally:
        _current.reset(token)
        # A failed transaction takes no more statements, and forgets the settings by itself.
        forgets = to_the_end and not connection.savepoint_ids
        if connection.in_atomic_block and not forgets and not connection.needs_rollback and _usable():
            _tell_database(before)


def refine(scope: Scope) -> None:
    """Act as `scope` for the rest of the innermost entered block: what one may see became known step by step.

    Raises RuntimeError when no scope is entered.
    """
    if _current.get() is None:
        raise RuntimeError("only an entered scope can be refined")
    _current.set(scope)
    _tell_database(scope)


def _usable() -> bool:
    from psycopg.pq import TransactionStatus

    raw = connection.connection
    return raw is not None and not raw.closed and raw.info.transaction_status != TransactionStatus.INERROR


def _tell_database(scope: Scope | None) -> None:
    if not connection.in_atomic_block:
        return
    scope = scope or _OUTSIDE
    role = ROLE_OF_SECTION.get(scope.section, settings.DATABASE_BASE_ROLE)
    names = [f"zveno.{key}" for key in (*ID_KEYS, DIGEST_SETTING)]
    values = ["{" + ",".join(map(str, scope.ids(key))) + "}" for key in ID_KEYS] + [scope.secret_sha256]
    calls = ", ".join(["set_config('role', %s, true)"] + ["set_config(%s, %s, true)"] * len(names))
    params: list[str] = [role]
    for name, value in zip(names, values, strict=True):
        params += [name, value]
    with connection.cursor() as cursor:
        # Leaving a role must not depend on the rights of the role that is left.
        cursor.execute(f"SELECT {calls}", params)


assert {f.name for f in fields(Scope)} >= set(ID_KEYS) - {"users", *_OF_MEMBERS}
