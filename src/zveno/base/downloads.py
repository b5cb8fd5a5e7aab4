"""Stored files and workbooks as answers to a browser, always as downloads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from zveno.base import files
from zveno.base.sheets import MEDIA_TYPE, Column, Value, workbook


def download_of(stored: files.Kept) -> StreamingHttpResponse:
    """The stored bytes as they came. What somebody uploaded is never shown as a page of ours."""
    answer = StreamingHttpResponse(files.stream(stored), content_type="application/octet-stream")
    disposition = content_disposition_header(as_attachment=True, filename=stored.name.rsplit("/", 1)[-1])
    answer.headers["Content-Disposition"] = disposition or "attachment"
    answer.headers["Content-Length"] = str(stored.size)
    return answer


def workbook_of(name: str, title: object, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> FileResponse:
    """An xlsx called `name` of `rows` under `columns`."""
    stream = workbook(title, columns, rows)
    return FileResponse(stream, as_attachment=True, filename=f"{name}.xlsx", content_type=MEDIA_TYPE)
