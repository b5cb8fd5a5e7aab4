"""The tree of regions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zveno.base import clock
from zveno.desk.partners.company import region_choices
from zveno.desk.partners.forms import RegionForm
from zveno.partners.actions.add_region import add_region
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.companies import regions
from zveno.partners.rules.roles import Right
from zveno.ui.forms import carried_out, status_of


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Every region under what it is part of."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    told = {"tree": _tree(regions()), "may_manage": Right.PARTNERS_MANAGE in actor.rights}
    return render(request, "desk/partners/regions.html", told)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Add a region."""
    form = RegionForm(request.POST or None, regions=region_choices())

    def add(told: dict[str, Any]) -> None:
        add_region(now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, add):
        return redirect("desk_partners:regions")
    return render(request, "desk/partners/region_form.html", {"form": form}, status=status_of(form))


def _tree(rows: list[Any]) -> list[tuple[int, Any]]:
    """Depth and region, each under its parent, by name."""
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def walk(parent_id: int | None, depth: int) -> list[tuple[int, Any]]:
        return [pair for row in below.get(parent_id, ()) for pair in ((depth, row), *walk(row.pk, depth + 1))]

    return walk(None, 0)
