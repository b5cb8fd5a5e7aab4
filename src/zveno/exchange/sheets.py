"""Sessions and refusals as rows of spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.base.sheets import Column, Value
from zveno.exchange import words
from zveno.exchange.models import Exchange, Refusal
from zveno.exchange.queries.journal import SessionFigures
from zveno.exchange.shown import SESSION_KINDS, ShownRow, session_summary

REFUSAL_COLUMNS = (
    Column(_("File"), width=28),
    Column(_("Place"), width=18),
    Column(_("What"), width=30),
    Column(_("In detail"), width=60),
    Column(_("What to do"), width=50),
    Column(_("Id in 1С"), width=38),
    Column(_("Taken"), width=14),
)


def refusal_rows(file_name: str, rows: Iterable[Refusal]) -> Iterator[Sequence[Value]]:
    """Refusals as rows of a spreadsheet."""
    partly, not_taken = gettext("in part"), gettext("not taken")
    for row in rows:
        yield (
            file_name,
            row.place.rpartition(":")[2] if row.place else "",
            words.title(row.code),
            words.sentence(row.code, row.params),
            words.advice(row.code),
            row.external_id,
            partly if row.is_doubt else not_taken,
        )


JOURNAL_COLUMNS = (
    Column(_("Started"), "moment"),
    Column(_("Seller"), width=28),
    Column(_("Connection"), width=24),
    Column(_("Kind"), width=24),
    Column(_("Calls"), "number"),
    Column(_("Files"), "number"),
    Column(_("Refused files"), "number"),
    Column(_("Refused objects"), "number"),
    Column(_("Doubts"), "number"),
    Column(_("What changed"), width=70),
)


def journal_rows(found: Sequence[Exchange], figures: Mapping[int, SessionFigures]) -> Iterator[Sequence[Value]]:
    """Sessions as rows of a spreadsheet."""
    for one in found:
        told = figures[one.pk]
        yield (
            _local(one.started_at),
            one.seller.name,
            one.connection.name,
            str(SESSION_KINDS.get(one.kind, one.kind)),
            one.calls,
            told.files,
            told.refused_files,
            told.refused_objects,
            told.doubts,
            "; ".join(session_summary(told)),
        )


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


BOARD_COLUMNS = (
    Column(_("Seller"), width=28),
    Column(_("Connection"), width=24),
    Column(_("Kind"), width=18),
    Column(_("What to do"), width=60),
    Column(_("Last contact"), "moment"),
    Column(_("Data as of"), "moment"),
    Column(_("Files waiting"), "number"),
    Column(_("Orders waiting"), "number"),
    Column(_("Oldest order waits since"), "moment"),
    Column(_("Errors, two weeks"), "number"),
)


def board_sheet_rows(rows: Iterable[ShownRow]) -> Iterator[Sequence[Value]]:
    """Rows of the board as rows of a spreadsheet."""
    for one in rows:
        row, figures = one.row, one.row.figures
        yield (
            row.connection.seller.name,
            row.connection.name,
            one.kind,
            "; ".join(f"{told.text}. {told.todo}" for told in one.attention),
            _local_or_none(figures.last_contact_at),
            _local_or_none(row.data_at),
            figures.waiting_files,
            figures.waiting_orders,
            _local_or_none(figures.waiting_orders_since),
            row.error_count,
        )


def _local_or_none(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
