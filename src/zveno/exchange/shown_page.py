"""What the pages of the journal show, for portal and desk alike: filters read, rows in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zveno.exchange.models import Exchange, InboxFile
from zveno.exchange.queries.journal import (
    SessionFilter,
    file_counts,
    pending_uploads,
    refusal_groups,
    refusals,
    session_figures,
    session_files,
    sessions,
)
from zveno.exchange.shown import (
    SESSION_KINDS,
    ordered_counts,
    session_kind,
    shown_counts,
    shown_files,
    shown_refusals,
    shown_sessions,
)
from zveno.ui.formats import format_date
from zveno.ui.pages import Chip, read_page, replaced

_SORTS = {"started": ["started_at", "id"]}
_FILES_A_PAGE = 30


def read_filter(query: QueryDict, *, seller_id: int | None, time_zone: str) -> SessionFilter:
    """The filters of the address: `connection`, `kind`, `errors`, days `from` and `to`; nonsense is left out."""
    last = _day(query.get("to", ""))
    return SessionFilter(
        seller_id=seller_id,
        connection_id=read_id(query.get("connection", "")),
        kind=query.get("kind", "") if query.get("kind", "") in SESSION_KINDS else "",
        only_errors=bool(query.get("errors")),
        started_from=_midnight(_day(query.get("from", "")), time_zone),
        started_to=_midnight(last + timedelta(days=1) if last else None, time_zone),
    )


def read_id(told: str) -> int | None:
    """A number of the address as an id; None for anything else."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 12 else None


def journal_context(
    query: QueryDict, asked: SessionFilter, *, names: Mapping[str, str], export_url: str
) -> dict[str, Any]:
    """A page of the journal: sessions in words, filters as chips. `names`: connections by id."""
    page = read_page(
        query=query,
        rows=sessions(asked),
        sorts=_SORTS,
        default_sort="-started",
        chips=_chips(query, names),
        export_url=export_url + replaced(query, page=None),
    )
    rows = shown_sessions(page.rows, session_figures([one.pk for one in page.rows]))
    return {"page": page, "rows": rows, "kinds": SESSION_KINDS.items()}


def session_context(query: QueryDict, session: Exchange) -> dict[str, Any]:
    """A session: figures, counts, a page of its files; `running` while something is still to be applied."""
    figures = session_figures([session.pk])[session.pk]
    pending = pending_uploads(session.pk)
    page = read_page(query=query, rows=session_files(session.pk), size=_FILES_A_PAGE)
    return {
        "session": session,
        "kind": session_kind(session.kind),
        "figures": figures,
        "counts": shown_counts(ordered_counts(figures.counts)),
        "page": page,
        "files": shown_files(page.rows, refusal_groups([file.pk for file in page.rows])),
        "pending": pending,
        "running": bool(pending or figures.open_files),
    }


def file_context(query: QueryDict, file: InboxFile, *, export_url: str) -> dict[str, Any]:
    """A file: what it changed, refusals and doubts by code and one by one."""
    shown = shown_files([file], refusal_groups([file.pk]))[0]
    chosen = next((group for group in shown.groups if group.code == query.get("code")), None)
    page = read_page(
        query=query,
        rows=refusals(file.pk, code=chosen.code if chosen else ""),
        chips=[Chip(_("What"), chosen.title, replaced(query, code=None))] if chosen else [],
        export_url=export_url + replaced(query, page=None),
    )
    return {
        "file": file,
        "session": file.exchange,
        "shown": shown,
        "counts": shown_counts(ordered_counts(file_counts(file))),
        "page": page,
        "refusals": shown_refusals(page.rows),
    }


def _chips(query: QueryDict, names: Mapping[str, str]) -> list[Chip]:
    found = []
    if name := names.get(query.get("connection", "")):
        found.append(Chip(_("Connection"), name, replaced(query, connection=None)))
    if kind := SESSION_KINDS.get(query.get("kind", "")):
        found.append(Chip(_("Kind"), kind, replaced(query, kind=None)))
    if query.get("errors"):
        found.append(Chip(_("Show"), _("with errors"), replaced(query, errors=None)))
    for key, label in (("from", _("From")), ("to", _("To"))):
        if day := _day(query.get(key, "")):
            found.append(Chip(label, format_date(day, get_language() or "en"), replaced(query, **{key: None})))
    return found


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


def _midnight(day: date | None, time_zone: str) -> datetime | None:
    return datetime.combine(day, datetime.min.time(), ZoneInfo(time_zone)) if day else None
