"""Whose ids mean what: looking up and keeping external ids of one connection, many at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection as database

from zveno.base.arrays import text_array

LONGEST_ID = 120


@dataclass(frozen=True, slots=True)
class Ref:
    """What an external id means: our object's id, and the digest of what was applied to it last."""

    object_id: int
    digest: str


@dataclass(frozen=True, slots=True)
class Refs:
    """The external ids of one connection."""

    connection_id: int
    seller_id: int

    def all_of(self, kind: str) -> dict[str, int]:
        """Every id of a dictionary kind (groups, properties, price kinds, warehouses)."""
        with database.cursor() as cursor:
            cursor.execute(
                "SELECT external_id, object_id FROM exchange_externalref WHERE connection_id = %s AND kind = %s",
                [self.connection_id, kind],
            )
            return dict(cursor.fetchall())

    def find(self, kind: str, external_ids: Collection[str]) -> dict[str, Ref]:
        """What these ids mean, as far as they are known."""
        if not external_ids:
            return {}
        with database.cursor() as cursor:
            cursor.execute(
                "SELECT external_id, object_id, digest FROM exchange_externalref"
                " WHERE connection_id = %s AND kind = %s AND external_id = ANY(%s::text[])",
                [self.connection_id, kind, text_array(external_ids)],
            )
            return {external_id: Ref(object_id, digest) for external_id, object_id, digest in cursor.fetchall()}

    def ids_of(self, kind: str, object_ids: Collection[int]) -> dict[int, str]:
        """How the other side calls these objects of ours."""
        with database.cursor() as cursor:
            cursor.execute(
                "SELECT object_id, external_id FROM exchange_externalref"
                " WHERE connection_id = %s AND kind = %s AND object_id = ANY(%s) ORDER BY id",
                [self.connection_id, kind, list(object_ids)],
            )
            return dict(cursor.fetchall())

    def add(self, kind: str, rows: Iterable[tuple[str, int, str]], *, seen_in: int = 0) -> None:
        """Keep new ids: (external id, object id, digest). Bulk work of the system."""
        with (
            database.cursor() as cursor,
            cursor.copy(
                "COPY exchange_externalref (connection_id, seller_id, kind, external_id, object_id, digest, seen_in)"
                " FROM STDIN"
            ) as copy,
        ):
            for external_id, object_id, digest in rows:
                copy.write_row((self.connection_id, self.seller_id, kind, external_id, object_id, digest, seen_in))

    def put(self, kind: str, external_id: str, object_id: int) -> None:
        """Let one id mean an object, whatever it meant before."""
        with database.cursor() as cursor:
            cursor.execute(
                "INSERT INTO exchange_externalref"
                " (connection_id, seller_id, kind, external_id, object_id, digest, seen_in)"
                " VALUES (%s, %s, %s, %s, %s, '', 0) ON CONFLICT (connection_id, kind, external_id)"
                " DO UPDATE SET object_id = excluded.object_id, digest = ''"
                " WHERE exchange_externalref.object_id <> excluded.object_id",
                [self.connection_id, self.seller_id, kind, external_id[:LONGEST_ID], object_id],
            )

    def set_digests(self, kind: str, digests: dict[str, str]) -> None:
        """Remember what was applied last."""
        if digests:
            with database.cursor() as cursor:
                cursor.execute(
                    "UPDATE exchange_externalref r SET digest = t.digest"
                    " FROM unnest(%s::text[], %s::text[]) AS t(external_id, digest)"
                    " WHERE r.connection_id = %s AND r.kind = %s AND r.external_id = t.external_id",
                    [text_array(digests), text_array(digests.values()), self.connection_id, kind],
                )

    def mark_seen(self, kind: str, external_ids: Collection[str], *, exchange_id: int) -> None:
        """Note that a full export of this session told these."""
        if external_ids:
            with database.cursor() as cursor:
                cursor.execute(
                    "UPDATE exchange_externalref SET seen_in = %s"
                    " WHERE connection_id = %s AND kind = %s AND seen_in <> %s"
                    " AND external_id = ANY(%s::text[])",
                    [exchange_id, self.connection_id, kind, exchange_id, text_array(external_ids)],
                )

    def unseen(self, kind: str, *, exchange_id: int) -> list[int]:
        """Our objects that the full export of this session did not tell."""
        with database.cursor() as cursor:
            cursor.execute(
                "SELECT object_id FROM exchange_externalref"
                " WHERE connection_id = %s AND kind = %s AND seen_in <> %s ORDER BY object_id",
                [self.connection_id, kind, exchange_id],
            )
            return [row[0] for row in cursor.fetchall()]
