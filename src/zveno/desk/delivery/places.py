"""Places that addresses and warehouses may be in: the list, one place, a table of many."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from zveno.base.clock import now
from zveno.base.downloads import workbook_of
from zveno.base.tabular.reading import read_workbook
from zveno.delivery.actions.save_place import save_place
from zveno.delivery.actions.take_places import take_places
from zveno.delivery.errors import TariffHeadsMissing
from zveno.delivery.queries.places import all_places, place_with
from zveno.delivery.rules.tables import read_places
from zveno.delivery.sheets import PLACE_COLUMNS, place_cells
from zveno.delivery.words import cell_words
from zveno.kit.errors import Fault
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.ui.forms import carried_out, status_of
from zveno.ui.navigation import Item
from zveno.ui.pages import read_page
from zveno.ui.words import explain

TABS = [
    Item("places", _("Places"), "desk_delivery:places"),
    Item("calendar", _("Working calendar"), "desk_delivery:calendar"),
]
LARGEST_MB = 20
_SHOWN = 100


class PlaceForm(forms.Form):
    """One place."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    country = forms.CharField(label=_("Country"), min_length=2, max_length=2, initial="RU")
    region_code = forms.CharField(label=_("Region code"), max_length=12, help_text=_("Such as RU-25."))
    region = forms.CharField(label=_("Region"), max_length=120)
    region_en = forms.CharField(label=_("Region in English"), max_length=120, required=False)
    latitude = forms.DecimalField(label=_("Latitude"), min_value=-90, max_value=90, max_digits=8, decimal_places=5)
    longitude = forms.DecimalField(label=_("Longitude"), min_value=-180, max_value=180, max_digits=8, decimal_places=5)
    time_zone = forms.CharField(label=_("Time zone"), max_length=64, initial="Europe/Moscow")
    aliases = forms.CharField(
        label=_("Other names"), max_length=1000, required=False, help_text=_("With commas between them.")
    )
    is_active = forms.BooleanField(label=_("May be chosen"), required=False, initial=True)

    def clean_time_zone(self) -> str:
        """A clock that is known."""
        told: str = self.cleaned_data["time_zone"]
        if told not in available_timezones():
            raise forms.ValidationError(_("There is no such time zone."))
        return told

    def clean_aliases(self) -> list[str]:
        """Names one by one."""
        return [name.strip() for name in self.cleaned_data["aliases"].split(",") if name.strip()]


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """All places, searched by any name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = request.GET.get("q", "")[:80]
    page = read_page(
        query=request.GET,
        rows=all_places(search=text),
        sorts={"name": "name", "region": ["region", "name"]},
        default_sort="region",
        export_url=reverse("desk_delivery:places-xlsx"),
    )
    told = {
        "page": page,
        "text": text,
        "tabs": TABS,
        "may_manage": Right.PARTNERS_MANAGE in actor.rights,
    }
    found = "desk/delivery/places_found.html"
    return render(request, found if request.headers.get("HX-Request") else "desk/delivery/places.html", told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The list as a spreadsheet that can be loaded again."""
    rows = all_places(search=request.GET.get("q", "")[:80]).order_by("region", "name")
    return workbook_of(_t("Places"), _t("Places"), PLACE_COLUMNS, (place_cells(row) for row in rows.iterator(2000)))


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A place by hand."""
    return _form(request, None, {})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, place_id: int) -> HttpResponse:
    """Correct a place."""
    place = place_with(place_id)
    if place is None:
        raise Http404
    initial = {name: getattr(place, name) for name in PlaceForm.base_fields}
    return _form(request, place, {**initial, "aliases": ", ".join(place.aliases)})


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """A table of places. With any fault nothing is taken until it is mended: the table is shared by all."""
    told: dict[str, Any] = {"largest": LARGEST_MB}
    if request.method == "POST":
        try:
            told |= _loaded(request)
        except Fault as fault:
            told["problem"] = explain(fault)
    status = 422 if told.get("problem") or told.get("faults") else 200
    return render(request, "desk/delivery/places_load.html", told, status=status)


def _loaded(request: HttpRequest) -> dict[str, Any]:
    sent: UploadedFile[bytes] | None = request.FILES.get("file")
    if sent is None or (sent.size or 0) > LARGEST_MB << 20:
        return {"problem": _t("Choose a file of up to %(most)s MB.") % {"most": LARGEST_MB}}
    book = read_workbook(b"".join(sent.chunks()), sent.name or "")
    table = read_places(book.sheets[0], time_zones=available_timezones())
    if table.heads_missing:
        needed = ", ".join(str(PLACE_COLUMNS[at].label) for at in (0, 2, 3, 5, 6, 7))
        raise TariffHeadsMissing(needed=needed, place=sent.name or "")
    if table.faults:
        faults = [(f.row, f.column, cell_words(f.code, f.params)) for f in table.faults[:_SHOWN]]
        return {"faults": faults, "bad": len(table.faults)}
    return {"taken": take_places(lines=table.lines, now=now())}


def _form(request: HttpRequest, place: Any, initial: dict[str, Any]) -> HttpResponse:
    form = PlaceForm(request.POST or None, initial=initial)

    def save(told: dict[str, Any]) -> None:
        save_place(place_id=place.pk if place else None, now=now(), **told)

    if request.method == "POST" and carried_out(form, save):
        return redirect("desk_delivery:places")
    return render(request, "desk/delivery/place.html", {"form": form, "place": place}, status=status_of(form))
