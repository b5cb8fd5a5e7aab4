"""A carrier's tariff: its rows by zones, and tables sent as files: checked first, taken when the seller says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base import files, tasks
from zveno.base.clock import now, today_at
from zveno.base.downloads import workbook_of
from zveno.base.tabular.reading import read_workbook
from zveno.delivery.actions.deferring import defer_tariff
from zveno.delivery.errors import NothingToTake, TariffHeadsMissing
from zveno.delivery.queries.carriers import CarrierValue, carrier_with, tariff_rows, weekdays_of_text, zone_names
from zveno.delivery.rules.tables import Table, TariffLine, read_tariffs
from zveno.delivery.sheets import TARIFF_COLUMNS, tariff_cells
from zveno.delivery.shown import weekday_words
from zveno.delivery.words import cell_words
from zveno.partners.rules.roles import Right
from zveno.portal.delivery.asking import actor_of, needed_number
from zveno.portal.delivery.forms import TariffFileForm
from zveno.ui.pages import read_page
from zveno.ui.typed import date_of

LARGEST_MB = 30
_SHOWN = 100
_RARE = ("upto_m3", "per_km", "minimum", "weekdays")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, in words."""

    row: int
    column: str
    words: str


@require_GET
def show(request: HttpRequest, carrier_id: int) -> HttpResponse:
    """The rows in force on a day, by zones."""
    return _page(request, _carrier(request, carrier_id))


@require_GET
def export(request: HttpRequest, carrier_id: int) -> FileResponse:
    """The tariff as a spreadsheet that can be sent back, changed."""
    carrier = _carrier(request, carrier_id)
    rows = tariff_rows(carrier_id=carrier_id, on=_day(request))
    return workbook_of(carrier.name, _("Tariff"), TARIFF_COLUMNS, (tariff_cells(row) for row in rows.iterator(2000)))


@require_POST
def check(request: HttpRequest, carrier_id: int) -> HttpResponse:
    """Read a sent table and show what is good and what is not; nothing is taken yet."""
    carrier = _carrier(request, carrier_id)
    form = TariffFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, carrier, form=form, status=422)
    sent: UploadedFile[bytes] = form.cleaned_data["file"]
    if (sent.size or 0) > LARGEST_MB << 20:
        form.add_error("file", _("The file is larger than %(most)s MB.") % {"most": LARGEST_MB})
        return _page(request, carrier, form=form, status=422)
    stored = files.keep(pieces=sent.chunks(), name=sent.name or "tariff.xlsx", now=now(), company_id=carrier.seller_id)
    table = _read(stored, carrier)
    told = {
        "carrier": carrier,
        "stored": stored,
        "valid_from": form.cleaned_data["valid_from"],
        "whole": form.cleaned_data["whole"],
        "good": len(table.lines),
        "bad": len(table.faults),
        "faults": [Fault(f.row, f.column, cell_words(f.code, f.params)) for f in table.faults[:_SHOWN]],
        "more": max(0, len(table.faults) - _SHOWN),
    }
    return render(request, "portal/delivery/tariff_checked.html", told)


@require_POST
def take(request: HttpRequest, carrier_id: int) -> HttpResponse:
    """Take the good rows of a table that was looked at; a page follows the work."""
    carrier = _carrier(request, carrier_id)
    file_id = needed_number(request.POST.get("file"))
    stored = files.visible_file(file_id)
    valid_from = date_of(request.POST.get("valid_from", ""))
    if stored is None or valid_from is None:
        raise Http404
    task = tasks.begin(kind="tariff", now=now(), company_id=carrier.seller_id, subject_id=carrier_id)
    defer_tariff(
        file_id=stored.pk,
        task_id=task.pk,
        seller_id=carrier.seller_id,
        carrier_id=carrier_id,
        valid_from=valid_from,
        whole=request.POST.get("whole") == "1",
    )
    return redirect("people:task", task.pk)


def _read(stored: Any, carrier: CarrierValue) -> Table[TariffLine]:
    zones = zone_names(seller_id=carrier.seller_id, carrier_id=carrier.id)
    with files.on_disk(stored) as path:
        table = read_tariffs(read_workbook(path, stored.name).sheets[0], zones=zones)
    if table.heads_missing:
        needed = ", ".join(str(TARIFF_COLUMNS[at].label) for at in (0, 1, 5, 9))
        raise TariffHeadsMissing(needed=needed, place=stored.name)
    if not table.lines and not table.faults:
        raise NothingToTake(place=stored.name)
    return table


def _page(request: HttpRequest, carrier: CarrierValue, *, status: int = 200, **told: Any) -> HttpResponse:
    actor, day = actor_of(request), _day(request)
    page = read_page(
        query=request.GET,
        rows=tariff_rows(carrier_id=carrier.id, on=day),
        export_url=reverse("carriers:tariff-xlsx", args=[carrier.id]),
        size=100,
    )
    context = {
        "carrier": carrier,
        "page": page,
        "rows": [(row, weekday_words(weekdays_of_text(row.weekdays)) if row.weekdays else "") for row in page.rows],
        # Columns that no row fills are left out.
        "has": {name: any(getattr(row, name) for row in page.rows) for name in _RARE},
        "day": day,
        "form": TariffFileForm(initial={"valid_from": today_at(actor.time_zone)}),
        "may_manage": Right.SALES_DECIDE in actor.rights,
        "zones": len(zone_names(seller_id=carrier.seller_id, carrier_id=carrier.id)),
        **told,
    }
    return render(request, "portal/delivery/tariff.html", context, status=status)


def _day(request: HttpRequest) -> date:
    return date_of(request.GET.get("on", "")) or today_at(actor_of(request).time_zone)


def _carrier(request: HttpRequest, carrier_id: int) -> CarrierValue:
    carrier = carrier_with(carrier_id=carrier_id, on=today_at(actor_of(request).time_zone))
    if carrier is None:
        raise Http404
    return carrier
