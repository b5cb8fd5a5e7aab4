"""Views of the interface itself: the reader's preferences, the style guide, pages of errors."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from zveno.ui.preferences import THEME_COOKIE, THEMES, YEAR, ZONE_COOKIE, known_zone


@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keeps `language`, `theme`, `time_zone` of the form in cookies and, for a signed-in person, on the person.

    Then goes back.
    """
    chosen: dict[str, tuple[str, str]] = {}
    if (language := request.POST.get("language", "")) in dict(settings.LANGUAGES):
        chosen["language"] = (settings.LANGUAGE_COOKIE_NAME, language)
    if (theme := request.POST.get("theme", "")) in THEMES:
        chosen["theme"] = (THEME_COOKIE, theme)
    if (zone := request.POST.get("time_zone", "")) and known_zone(zone):
        chosen["time_zone"] = (ZONE_COOKIE, zone)
    person = request.user
    if person.is_authenticated:
        fields = [name for name in chosen if hasattr(person, name)]
        for name in fields:
            setattr(person, name, chosen[name][1])
        if fields:
            person.save(update_fields=fields)
    if request.headers.get("X-Requested-With") == "fetch":
        answer: HttpResponse = HttpResponse(status=204)
    else:
        answer = HttpResponseRedirect(_way_back(request))
    for cookie, value in chosen.values():
        answer.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return answer


def _way_back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else "/"


@require_GET
def show_guide(request: HttpRequest) -> HttpResponse:
    """Every component with sample values; only while developing."""
    if not settings.DEBUG:
        raise Http404
    from zveno.ui.guide import sample

    return render(request, "ui/guide.html", sample(request))


def _error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"errors/{status}.html", {"number": getattr(request, "id", "")}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler400`."""
    return _error(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler403`."""
    return _error(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """`handler404`."""
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: must not fail itself, so it asks nothing of the database."""
    told = {"request": request, "csrf_token": get_token(request), "number": getattr(request, "id", "")}
    return HttpResponse(render_to_string("errors/500.html", told), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: the page was open too long, or cookies are off."""
    return render(request, "errors/csrf.html", {"number": getattr(request, "id", "")}, status=403)
