"""What the endpoint answers: short lines of plain text in the encoding that the other side expects."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import translation

from zveno.exchange import words
from zveno.kit.errors import Fault


def lines(*told: str, encoding: str = "utf-8") -> HttpResponse:
    """These lines. A letter that the encoding lacks becomes a question mark."""
    body = "\n".join(told).encode(encoding, errors="replace")
    response = HttpResponse(body, content_type=f"text/plain; charset={encoding}")
    response.headers["Cache-Control"] = "no-store"
    return response


def success(*told: str, encoding: str = "utf-8") -> HttpResponse:
    """It is done."""
    return lines("success", *told, encoding=encoding)


def progress(text: str, *, encoding: str = "utf-8") -> HttpResponse:
    """It goes on: ask again."""
    return lines("progress", text, encoding=encoding)


def failure(fault: Fault, *, encoding: str = "utf-8") -> HttpResponse:
    """It cannot be done, and why, in Russian: 1С shows the line to its user."""
    with translation.override("ru"):
        return failure_text(words.explain(fault), encoding=encoding)


def failure_text(text: str, *, encoding: str = "utf-8") -> HttpResponse:
    """It cannot be done, in words at hand."""
    return lines("failure", " ".join(text.split()), encoding=encoding)


def xml(pieces: Iterable[bytes], *, encoding: str) -> HttpResponse:
    """An XML file that says its encoding itself."""
    response = HttpResponse(b"".join(pieces), content_type=f"text/xml; charset={encoding}")
    response.headers["Cache-Control"] = "no-store"
    return response
