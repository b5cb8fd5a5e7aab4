"""Addresses for those who operate the house: is it alive, is it ready, how it fares."""

from __future__ import annotations

import hmac
import os

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest


def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and its tables are there; 503 with the reason otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('partners_company') IS NOT NULL")
            migrated = bool(cursor.fetchone()[0])
    except Exception as error:  # whatever it is, the answer is the same: not ready
        return JsonResponse({"status": "waiting", "reason": type(error).__name__}, status=503)
    if not migrated:
        return JsonResponse({"status": "waiting", "reason": "not migrated"}, status=503)
    return JsonResponse({"status": "ready"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics, for callers on this machine or with the token of ZVENO_METRICS_TOKEN."""
    token = os.environ.get("ZVENO_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    local = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and "X-Forwarded-For" not in request.headers
    if not (local or (token and hmac.compare_digest(given, token))):
        raise Http404
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
