"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.desk.exchange import board, journal

app_name = "desk_exchange"
urlpatterns: list[URLPattern] = [
    path("", board.show_board, name="board"),
    path("board.xlsx", board.export_board, name="board-export"),
    path("journal/", journal.show_journal, name="journal"),
    path("journal.xlsx", journal.export_journal, name="journal-export"),
    path("journal/<int:session_id>/", journal.show_session, name="session"),
    path("journal/<int:session_id>/progress/", journal.show_progress, name="session-progress"),
    path("files/<int:file_id>/", journal.show_file, name="file"),
    path("files/<int:file_id>/refusals.xlsx", journal.export_refusals, name="refusals-export"),
    path("files/<int:file_id>/download/", journal.download, name="download"),
]
