"""Following long work that one has started."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zveno.base.tasks import visible_task

_TITLES = {
    "sellout_report": _("Reading the sell-out report"),
    "import": _("Importing files"),
    "tariff": _("Loading the tariff"),
}


@require_GET
def follow(request: HttpRequest, task_id: int) -> HttpResponse:
    """The page of a task of one's own; htmx asks each second for its part alone. A stranger's is 404.

    When it is over, `result.url` is where its outcome stands and `result.text` what it says.
    """
    task = visible_task(task_id)
    if task is None:
        raise Http404
    told: dict[str, Any] = {
        "task": task,
        "title": _TITLES.get(task.kind, _("Work in progress")),
        "job_url": reverse("people:task", args=[task.pk]),
        "finished": task.state in ("done", "failed"),
        "result_url": _own_path(task.result.get("url")),
        "result_text": task.result.get("text", ""),
    }
    template = "portal/people/task_part.html" if request.headers.get("HX-Request") else "portal/people/task.html"
    return render(request, template, told)


def _own_path(told: object) -> str:
    return told if isinstance(told, str) and told.startswith("/") and not told.startswith("//") else ""
