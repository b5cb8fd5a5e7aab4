"""The journal: sessions newest first, what each brought and changed, its files, what was refused and where."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection as database
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from zveno.base.scope import current
from zveno.exchange.models import Exchange, InboxFile, Refusal, Upload

OUTCOMES = ("created", "changed", "unchanged", "deleted", "refused")
_NOT_OBJECTS = "full\\_%"  # counts of whole exports, kept beside those of objects


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """What to list; empty means all. Moments are half-open."""

    seller_id: int | None = None
    connection_id: int | None = None
    kind: str = ""
    only_errors: bool = False
    started_from: datetime | None = None
    started_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class KindCounts:
    """What became of the objects of one kind."""

    kind: str
    seen: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """What a session brought and what came of it; `open_files` are not applied yet."""

    files: int = 0
    pictures: int = 0
    size: int = 0
    open_files: int = 0
    refused_files: int = 0
    done: int = 0
    doubts: int = 0
    counts: Sequence[KindCounts] = field(default_factory=tuple)

    @property
    def refused_objects(self) -> int:
        return sum(one.refused for one in self.counts)

    @property
    def errors(self) -> int:
        return self.refused_files + self.refused_objects


@dataclass(frozen=True, slots=True)
class RefusalGroup:
    """Refusals or doubts of one code in a file."""

    code: str
    is_doubt: bool
    count: int
    example: Refusal


def sessions(asked: SessionFilter) -> QuerySet[Exchange]:
    """The sessions that the scope sees and the filter lets through, with their connections and sellers."""
    rows = Exchange.objects.visible_to(current()).select_related("connection", "seller")
    told = {
        "seller_id": asked.seller_id,
        "connection_id": asked.connection_id,
        "kind": asked.kind,
        "started_at__gte": asked.started_from,
        "started_at__lt": asked.started_to,
    }
    rows = rows.filter(**{name: value for name, value in told.items() if value not in (None, "")})
    return rows.filter(_has_errors()) if asked.only_errors else rows


def _has_errors() -> Q:
    files = InboxFile.objects.visible_to(current()).filter(exchange_id=OuterRef("pk"))
    objects = Refusal.objects.visible_to(current()).filter(inbox_file__exchange_id=OuterRef("pk"), is_doubt=False)
    return Q(Exists(files.filter(state="refused"))) | Q(Exists(objects))


def find_session(session_id: int) -> Exchange | None:
    """The session, if the current scope sees it."""
    return sessions(SessionFilter()).filter(pk=session_id).first()


def session_figures(session_ids: Collection[int]) -> dict[int, SessionFigures]:
    """The figures of these sessions, found within the walls by the caller. Three statements, however many."""
    ids = list(session_ids)
    if not ids:
        return {}
    counts, doubts = _counts(ids), _doubts(ids)
    found = {}
    for session_id, files, pictures, size, waiting, refused, done in _rows(_FILES, ids):
        found[session_id] = SessionFigures(
            files=files,
            pictures=pictures,
            size=int(size),
            open_files=waiting,
            refused_files=refused,
            done=int(done),
            doubts=doubts.get(session_id, 0),
            counts=counts.get(session_id, ()),
        )
    return {id_: found.get(id_, SessionFigures()) for id_ in ids}


def file_counts(file: InboxFile) -> list[KindCounts]:
    """What became of the objects of a file, by kind."""
    told: Mapping[str, Mapping[str, int]] = file.counts
    return [
        KindCounts(kind, **{name: int(counts.get(name, 0)) for name in ("seen", *OUTCOMES)})
        for kind, counts in sorted(told.items())
        if not kind.startswith("full_")
    ]


def session_files(session_id: int) -> QuerySet[InboxFile]:
    """The files of a session as they are applied: what others refer to first; pictures last."""
    rows = InboxFile.objects.visible_to(current()).select_related("file").filter(exchange_id=session_id)
    return rows.order_by("rank", "position", "id")


def pending_uploads(session_id: int) -> list[str]:
    """Names of files of the session that were received and are not in the inbox yet."""
    rows = Upload.objects.visible_to(current()).filter(exchange_id=session_id).order_by("position")
    return list(dict.fromkeys(rows.values_list("name", flat=True)))


def find_file(file_id: int) -> InboxFile | None:
    """The file with its bytes' row, session and connection, if the current scope sees it."""
    rows = InboxFile.objects.visible_to(current()).select_related("file", "exchange", "connection", "seller")
    return rows.filter(pk=file_id).first()


def refusals(file_id: int, *, code: str = "") -> QuerySet[Refusal]:
    """What was refused or doubted in a file, in its order."""
    rows = Refusal.objects.visible_to(current()).filter(inbox_file_id=file_id).order_by("id")
    return rows.filter(code=code) if code else rows


def refusal_groups(file_ids: Collection[int]) -> dict[int, list[RefusalGroup]]:
    """Refusals of each of these files by code, refusals before doubts, the most frequent first. Two statements."""
    rows = Refusal.objects.visible_to(current())
    grouped = list(
        rows.filter(inbox_file_id__in=file_ids)
        .values("inbox_file_id", "code", "is_doubt")
        .annotate(count=Count("id"), first=Min("id"))
        .order_by("is_doubt", "-count", "code")
    )
    examples = rows.in_bulk([row["first"] for row in grouped])
    found: dict[int, list[RefusalGroup]] = {}
    for row in grouped:
        group = RefusalGroup(row["code"], row["is_doubt"], row["count"], examples[row["first"]])
        found.setdefault(row["inbox_file_id"], []).append(group)
    return found


_FILES = """
SELECT f.exchange_id, count(*), count(*) FILTER (WHERE f.content = 'picture'), coalesce(sum(s.size), 0),
       count(*) FILTER (WHERE f.state IN ('waiting', 'applying')), count(*) FILTER (WHERE f.state = 'refused'),
       coalesce(sum(f.done) FILTER (WHERE f.state = 'applying'), 0)
FROM exchange_inboxfile f LEFT JOIN base_storedfile s ON s.id = f.file_id
WHERE f.exchange_id = ANY(%(ids)s) GROUP BY 1
"""
_COUNTS = f"""
SELECT f.exchange_id, k.key, {", ".join(f"sum((k.value->>'{name}')::bigint)" for name in ("seen", *OUTCOMES))}
FROM exchange_inboxfile f CROSS JOIN LATERAL jsonb_each(f.counts) k
WHERE f.exchange_id = ANY(%(ids)s) AND k.key NOT LIKE %(not_objects)s GROUP BY 1, 2 ORDER BY 1, 2
"""  # noqa: S608 - the names are ours
_DOUBTS = """
SELECT f.exchange_id, count(*) FROM exchange_refusal r JOIN exchange_inboxfile f ON f.id = r.inbox_file_id
WHERE f.exchange_id = ANY(%(ids)s) AND r.is_doubt GROUP BY 1
"""


def _counts(ids: list[int]) -> dict[int, tuple[KindCounts, ...]]:
    found: dict[int, tuple[KindCounts, ...]] = {}
    for session_id, kind, *numbers in _rows(_COUNTS, ids):
        one = KindCounts(kind, *(int(number or 0) for number in numbers))
        found[session_id] = (*found.get(session_id, ()), one)
    return found


def _doubts(ids: list[int]) -> dict[int, int]:
    return dict(_rows(_DOUBTS, ids))


def _rows(sql: str, ids: list[int]) -> list[tuple]:
    with database.cursor() as cursor:
        cursor.execute(sql, {"ids": ids, "not_objects": _NOT_OBJECTS})
        return list(cursor.fetchall())
