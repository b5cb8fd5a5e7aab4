"""Addresses of this area."""

from __future__ import annotations

from django.urls import URLPattern, path

from zveno.portal.exchange import board, connection, journal, session

app_name = "exchange"
urlpatterns: list[URLPattern] = [
    path("", board.show_board, name="board"),
    path("new/", board.make, name="new"),
    path("journal/", journal.show_journal, name="journal"),
    path("journal.xlsx", journal.export_journal, name="journal-export"),
    path("journal/<int:session_id>/", session.show_session, name="session"),
    path("journal/<int:session_id>/progress/", session.show_progress, name="session-progress"),
    path("files/<int:file_id>/", session.show_file, name="file"),
    path("files/<int:file_id>/refusals.xlsx", session.export_refusals, name="refusals-export"),
    path("files/<int:file_id>/replay/", session.replay, name="replay"),
    path("files/<int:file_id>/download/", session.download, name="download"),
    path("<int:connection_id>/", connection.show_connection, name="connection"),
    path("<int:connection_id>/options/", connection.set_options, name="options"),
    path("<int:connection_id>/floor/", connection.set_floor, name="floor"),
    path("<int:connection_id>/password/", connection.set_password, name="password"),
    path("<int:connection_id>/switch/", connection.switch, name="switch"),
    path("<int:connection_id>/upload/", connection.upload, name="upload"),
]
