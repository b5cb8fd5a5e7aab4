"""The exchange board: one row per connection, with what waits, what failed and who must act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection as database

from zveno.exchange.models import Connection
from zveno.exchange.queries.connections import connections
from zveno.exchange.rules.attention import Attention, Figures, attention_of

DAYS = 14
_REMEMBERED = timedelta(days=7)

_FIGURES = """
SELECT c.id, queue.files, queue.since, outbox.orders, outbox.since, outbox.tries, refused.files, latest.refused,
       latest.data_at
FROM exchange_connection c
CROSS JOIN LATERAL (
    SELECT count(*) AS files, min(f.received_at) AS since FROM exchange_inboxfile f
    WHERE f.connection_id = c.id AND f.state IN ('waiting', 'applying')
) queue
CROSS JOIN LATERAL (
    SELECT count(*) AS orders, min(i.changed_at) AS since, coalesce(max(d.attempts), 0) AS tries
    FROM exchange_outboxitem i
    LEFT JOIN exchange_delivery d ON d.item_id = i.id AND d.connection_id = c.id
    WHERE i.seller_id = c.seller_id AND i.is_pending AND i.changed_at >= c.orders_from
      AND coalesce(d.confirmed_version, 0) < i.version
) outbox
CROSS JOIN LATERAL (
    SELECT count(*) AS files FROM exchange_inboxfile f
    WHERE f.connection_id = c.id AND f.state = 'refused' AND f.received_at >= %(remembered)s
      AND NOT EXISTS (
        SELECT FROM exchange_inboxfile later
        WHERE later.connection_id = c.id AND later.name = f.name AND later.state = 'applied' AND later.id > f.id)
) refused
LEFT JOIN LATERAL (
    SELECT max(f.applied_at) AS data_at,
           sum((SELECT coalesce(sum((k.value->>'refused')::bigint), 0) FROM jsonb_each(f.counts) k)) AS refused
    FROM exchange_inboxfile f
    WHERE f.state = 'applied' AND f.content = 'messages' AND f.exchange_id = (
        SELECT g.exchange_id FROM exchange_inboxfile g
        WHERE g.connection_id = c.id AND g.content = 'messages' AND g.state = 'applied'
        ORDER BY g.received_at DESC LIMIT 1)
) latest ON true
WHERE c.id = ANY(%(ids)s)
"""

_ERRORS = """
SELECT f.connection_id, (f.received_at AT TIME ZONE %(zone)s)::date,
       count(*) FILTER (WHERE f.state = 'refused')
       + coalesce(sum((SELECT sum((k.value->>'refused')::bigint) FROM jsonb_each(f.counts) k)), 0)
FROM exchange_inboxfile f
WHERE f.connection_id = ANY(%(ids)s) AND f.received_at >= %(since)s
  AND (f.state = 'refused' OR f.counts <> '{}'::jsonb)
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A connection as the board shows it. `errors`: refused files and objects a day, oldest day first."""

    connection: Connection
    figures: Figures
    data_at: datetime | None
    errors: tuple[int, ...]
    attention: tuple[Attention, ...]

    @property
    def tone(self) -> str:
        """The gravest of what must be known; "good" when all runs, "" when switched off."""
        if self.attention:
            return self.attention[0].tone
        return "good" if self.connection.is_active else ""

    @property
    def error_count(self) -> int:
        return sum(self.errors)


def board(*, now: datetime, time_zone: str, seller_id: int | None = None) -> list[BoardRow]:
    """Every connection that the scope sees, of one seller or of all; who needs somebody first. Three statements."""
    return board_rows(list(connections(seller_id=seller_id).order_by("name", "id")), now=now, time_zone=time_zone)


def board_rows(found: Sequence[Connection], *, now: datetime, time_zone: str) -> list[BoardRow]:
    """The rows of these connections, which the caller found within the walls. Two statements."""
    ids = [one.pk for one in found]
    figures = _figures(ids, now) if ids else {}
    errors = _errors(ids, now, time_zone) if ids else {}
    rows = [_row(one, figures[one.pk], errors.get(one.pk, {}), now, time_zone) for one in found]
    order = ("bad", "warn", "info", "good", "")
    return sorted(rows, key=lambda row: order.index(row.tone))


def _row(connection: Connection, told: tuple, errors: dict[date, int], now: datetime, time_zone: str) -> BoardRow:
    files, files_since, orders, orders_since, tries, refused_files, refused_objects, data_at = told
    figures = Figures(
        is_active=connection.is_active,
        last_contact_at=connection.last_contact_at,
        waiting_files=files,
        waiting_files_since=files_since,
        waiting_orders=orders,
        waiting_orders_since=orders_since,
        order_tries=tries,
        refused_files=refused_files,
        refused_objects=int(refused_objects or 0),
    )
    today = now.astimezone(ZoneInfo(time_zone)).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    return BoardRow(
        connection=connection,
        figures=figures,
        data_at=data_at,
        errors=tuple(errors.get(day, 0) for day in days),
        attention=attention_of(figures, now=now),
    )


def _figures(ids: list[int], now: datetime) -> dict[int, tuple]:
    with database.cursor() as cursor:
        cursor.execute(_FIGURES, {"ids": ids, "remembered": now - _REMEMBERED})
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _errors(ids: list[int], now: datetime, time_zone: str) -> dict[int, dict[date, int]]:
    with database.cursor() as cursor:
        cursor.execute(_ERRORS, {"ids": ids, "since": now - timedelta(days=DAYS), "zone": time_zone})
        found: dict[int, dict[date, int]] = {}
        for connection_id, day, count in cursor.fetchall():
            found.setdefault(connection_id, {})[day] = int(count)
        return found
