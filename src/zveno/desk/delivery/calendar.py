"""The working calendar: days that differ from what weekday and holidays say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now, today_at
from zveno.delivery.actions.set_calendar_day import set_calendar_day
from zveno.delivery.queries.places import calendar_days
from zveno.desk.delivery.places import TABS
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.ui.pages import read_page
from zveno.ui.typed import date_of


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The days that differ, the latest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    told = {
        "page": read_page(query=request.GET, rows=calendar_days()),
        "tabs": TABS,
        "today": today_at(actor.time_zone),
        "may_manage": Right.PARTNERS_MANAGE in actor.rights,
    }
    return render(request, "desk/delivery/calendar.html", told)


@require_POST
def set_day(request: HttpRequest) -> HttpResponse:
    """Say of a day that it works or rests, or let it be as usual."""
    day = date_of(request.POST.get("day", ""))
    works = {"1": True, "0": False}.get(request.POST.get("works", ""))
    if day is not None:
        set_calendar_day(day=day, works=works, note=request.POST.get("note", "").strip(), now=now())
    return redirect("desk_delivery:calendar")
