"""The buyer's own price list: chosen columns as a file that a job makes, or at an address with a key for its site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zveno.accounts.queries.keys import keys_of_company
from zveno.accounts.queries.people import person_with_id
from zveno.base import files, tasks
from zveno.base.clock import now
from zveno.base.downloads import download_of
from zveno.base.scope import Section, entered
from zveno.base.sheets import MEDIA_TYPE
from zveno.catalog.queries.tree import catalog_tree
from zveno.partners.queries.actors import COMPANY_KEY, ENTITY_KEY, Actor, find_actor
from zveno.partners.queries.parties import seller_with
from zveno.partners.rules.roles import Right
from zveno.portal.buying import media
from zveno.portal.buying.sellers import Dealing, dealing, seller_tabs
from zveno.pricelists.actions.ask_for_list import KIND, ask_for_list
from zveno.pricelists.queries.rows import price_rows
from zveno.pricelists.rules.columns import USUAL, Asked, Column, Format, columns_of
from zveno.pricelists.sheets import written
from zveno.pricelists.words import LABELS, TITLE

_SALT = "zveno.price-list"
_MEDIA_TYPES = {Format.XLSX: MEDIA_TYPE, Format.CSV: "text/csv; charset=utf-8"}


class ListForm(forms.Form):
    """What the list is to hold."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        choices=[(column.value, LABELS[column]) for column in Column],
        widget=forms.CheckboxSelectMultiple,
    )
    group = forms.TypedChoiceField(label=gettext_lazy("Group"), coerce=int, empty_value=None, required=False)
    only_free = forms.BooleanField(label=gettext_lazy("Only what is free now"), required=False)
    form = forms.ChoiceField(label=gettext_lazy("As"), choices=[(one.value, one.value) for one in Format])

    def __init__(self, *args: Any, groups: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].choices = [("", gettext_lazy("All goods")), *groups]  # type: ignore[attr-defined]

    def asked(self, request: HttpRequest) -> Asked:
        """The same for whoever makes the list; its pictures open for those who are signed in."""
        told = self.cleaned_data
        address = request.build_absolute_uri(reverse("buying:media", args=[0]))
        return Asked(columns_of(told["columns"]), told["only_free"], told["group"], *address.rsplit("0", 1))


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """What the list is to hold, and the addresses for the buyer's site; a posted form makes the file."""
    at = dealing(request)
    if at is None:
        return render(request, "portal/buying/nobody.html", {})
    form = _form(request, at)
    if request.method == "POST" and form.is_valid():
        task_id = ask_for_list(
            actor=at.actor,
            seller_id=at.seller.id,
            asked=form.asked(request),
            form=Format(form.cleaned_data["form"]),
            language=translation.get_language() or "en",
            now=at.now,
        )
        return redirect("buying:price-list-job", task_id)
    told = {
        "form": form,
        "tabs": seller_tabs(request, at),
        "at": at,
        "feeds": _feeds(request, at),
        "all_columns": ", ".join(Column),
    }
    return render(request, "portal/buying/price_list.html", told, status=422 if form.errors else 200)


@require_GET
def follow(request: HttpRequest, task_id: int) -> HttpResponse:
    """How far the list is; when it is made, the way to it."""
    task = _task(task_id)
    told = {"task": task, "finished": task.state in ("done", "failed"), "failed": task.state == "failed"}
    part = request.headers.get("HX-Request") is not None
    return render(request, f"portal/buying/price_list_{'job' if part else 'page'}.html", told)


@require_GET
def download(request: HttpRequest, task_id: int) -> HttpResponseBase:
    """The file that was made."""
    stored = files.visible_file(int(_task(task_id).result.get("file_id", 0)))
    if stored is None:
        raise Http404
    return download_of(stored)


@require_GET
def feed(request: HttpRequest, token: str, form: str) -> HttpResponseBase:
    """The list as it is now, at an address of its own: `?columns=code,price&only_free=1&group=12`.

    It opens while the key it was made with is in force and the person may still see the catalog.
    """
    if form not in {one.value for one in Format}:
        raise Http404
    with transaction.atomic():
        actor, seller_id = _holder(token)
        with entered(actor.scope):
            terms, seller = actor.terms_with(seller_id), seller_with(seller_id=seller_id)
            if terms is None or seller is None:
                raise Http404
            told = request.GET.get("columns", "").split(",")
            group = request.GET.get("group", "")
            asked = Asked(
                columns_of(told),
                request.GET.get("only_free") == "1",
                int(group) if group.isascii() and group.isdigit() and len(group) < 15 else None,
                *_around(request, token),
            )
            moment = now()
            rows = price_rows(asked=asked, terms=terms, today=seller.today(moment), now=moment)
            stream = written(rows, asked, Format(form))
    return FileResponse(stream, as_attachment=True, filename=f"{TITLE}.{form}", content_type=_MEDIA_TYPES[Format(form)])


@require_GET
def feed_picture(request: HttpRequest, token: str, media_id: int) -> HttpResponseBase:
    """A picture that the list names."""
    with transaction.atomic():
        actor, _seller_id = _holder(token)
        with entered(actor.scope):
            return media.serve(request, media_id, 960)


def _around(request: HttpRequest, token: str) -> tuple[str, str]:
    """What stands before and after a picture's number in its address."""
    address = request.build_absolute_uri(reverse("buying:price-feed-picture", args=[token, 0]))
    before, after = address.rsplit("0", 1)
    return before, after


def _holder(token: str) -> tuple[Actor, int]:
    """Who acts by the address, and which seller's prices it tells. Nothing there: the key is taken back or unknown."""
    try:
        user_id, company_id, entity_id, seller_id, key_id = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as bad:
        raise Http404 from bad
    person = person_with_id(user_id)
    if person is None or not person.is_active:
        raise Http404
    chosen = {COMPANY_KEY: company_id, ENTITY_KEY: entity_id}
    actor = find_actor(user=person, section=Section.BUYING, chosen=chosen)
    if actor is None or (actor.company_id, actor.entity_id) != (company_id, entity_id):
        raise Http404
    with entered(actor.scope):
        keys = {key.id for key in keys_of_company(company_id=company_id) if key.revoked_at is None}
    if key_id not in keys or Right.CATALOG_SEE not in actor.rights:
        raise Http404
    return actor, seller_id


def _feeds(request: HttpRequest, at: Dealing) -> list[tuple[str, str]] | None:
    """(name of the key, address) for each key of the company in force; None for who may not keep keys."""
    if Right.KEYS_MANAGE not in at.actor.rights:
        return None
    found = []
    for key in keys_of_company(company_id=at.actor.company_id):
        if key.revoked_at is not None or key.section != Section.BUYING:
            continue
        holder = (at.actor.user_id, at.actor.company_id, at.actor.entity_id, at.seller.id, key.id)
        token = signing.dumps(holder, salt=_SALT)
        path = reverse("buying:price-feed", args=[token, Format.CSV.value])
        columns = ",".join(column.value for column in USUAL)
        found.append((key.name, f"{request.build_absolute_uri(path)}?columns={columns}"))
    return found


def _form(request: HttpRequest, at: Dealing) -> ListForm:
    tree = catalog_tree(seller_id=at.seller.id, now=at.now)
    groups = [(id_, " / ".join(group.name for group in tree.way_to(id_))) for id_ in tree.by_id]
    initial = {"columns": [column.value for column in USUAL], "form": Format.XLSX.value}
    return ListForm(request.POST or None, initial=initial, groups=sorted(groups, key=lambda pair: pair[1]))


def _task(task_id: int) -> Any:
    task = tasks.visible_task(task_id)
    if task is None or task.kind != KIND:
        raise Http404
    return task
