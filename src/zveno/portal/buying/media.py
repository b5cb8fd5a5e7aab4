"""Pictures and documents of products; pictures in lists come small."""

from __future__ import annotations

import io

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET
from PIL import Image, UnidentifiedImageError

from zveno.base.files import derived, opened
from zveno.catalog.queries.media import MediaFile, media_file

# Twice the size shown, for screens of double density.
EDGES = (64, 320, 960)
_SHOWN = {"image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}
_SIGNS = {b"\x89PNG": "image/png", b"\xff\xd8": "image/jpeg", b"GIF8": "image/gif", b"%PDF": "application/pdf"}
_MOST_PIXELS = 60_000_000


@require_GET
def serve(request: HttpRequest, media_id: int, edge: int = 0) -> HttpResponseBase:
    """The file, or with `edge` its picture fitted into that many pixels. A day in the browser's own cache."""
    found = media_file(media_id=media_id)
    if found is None or (edge and edge not in EDGES):
        raise Http404
    tag = f'"{found.stored.sha256[:20]}-{edge}"'
    if request.headers.get("If-None-Match") == tag:
        return _kept(HttpResponseNotModified(), tag)
    return _kept(_answer(found, edge), tag)


def _answer(found: MediaFile, edge: int) -> HttpResponseBase:
    try:
        small = derived(found.stored, f"{edge}.webp", lambda content: fitted(content, edge)) if edge else None
        if small is not None:
            return HttpResponse(small, content_type="image/webp")
        with opened(found.stored) as source:
            content = source.read()
    except FileNotFoundError as lost:
        raise Http404 from lost
    media_type = _type_of(content, found.stored.media_type)
    response = FileResponse(
        io.BytesIO(content), content_type=media_type, filename=found.name, as_attachment=media_type not in _SHOWN
    )
    # A vector picture may carry a script: it is shown as a picture, never run.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _type_of(content: bytes, told: str) -> str:
    head = content[:256].lstrip()
    for sign, media_type in _SIGNS.items():
        if head.startswith(sign):
            return media_type
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if b"<svg" in head:
        return "image/svg+xml"
    return told if told in _SHOWN else "application/octet-stream"


def fitted(content: bytes, edge: int) -> bytes | None:
    """The picture inside `edge` by `edge` pixels as WebP; None when it is no raster picture that can be read."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            picture.draft("RGB", (edge, edge))
            shown = picture.convert("RGBA" if picture.mode in ("RGBA", "LA", "P") else "RGB")
            shown.thumbnail((edge, edge), Image.Resampling.LANCZOS)
            target = io.BytesIO()
            shown.save(target, "WEBP", quality=82, method=2)
            return target.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def _kept(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
