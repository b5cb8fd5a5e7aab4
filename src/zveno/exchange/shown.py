"""The exchange as people read it: labels, what a connection asks for, what a session changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zveno.exchange import words
from zveno.exchange.asking import ShownAttention, shown_attention
from zveno.exchange.models import Connection, Exchange, InboxFile, Refusal
from zveno.exchange.ports import Option, Words, format_of, formats, options_of
from zveno.exchange.queries.board import BoardRow
from zveno.exchange.queries.journal import KindCounts, RefusalGroup, SessionFigures
from zveno.ui import deeds
from zveno.ui.formats import format_number
from zveno.ui.navigation import Tone

SESSION_KINDS: Mapping[str, Words] = {
    "catalog": _("Catalog, prices, stock"),
    "sale": _("Orders"),
    "reference": _("Reference data"),
    "manual": _("By hand"),
}
FILE_STATES: Mapping[str, tuple[Words, Tone]] = {
    "received": (_("Received"), ""),
    "waiting": (_("Waits its turn"), "info"),
    "applying": (_("Being applied"), "active"),
    "applied": (_("Applied"), "good"),
    "refused": (pgettext_lazy("file", "Refused"), "bad"),
}
CONTENTS: Mapping[str, Words] = {
    "messages": _("Data"),
    "picture": _("Picture"),
    "archive": _("Archive"),
    "other": _("Other file"),
}
COUNT_KINDS: Mapping[str, Words] = {
    "category": _("Groups"),
    "property": _("Properties"),
    "product_kind": _("Kinds of products"),
    "unit": _("Units"),
    "price_kind": _("Price columns"),
    "warehouse": _("Warehouses"),
    "product": _("Products"),
    "price": _("Prices"),
    "stock": pgettext_lazy("counts", "Stock"),
    "media": _("Pictures and documents"),
    "counterparty": _("Buyers"),
    "order": _("Orders"),
    "document": _("Documents"),
    "shipment": _("Shipments"),
    "payment": _("Payments"),
    "settlement": _("Settlements"),
    "balance": _("Stated balances"),
    "file": _("Files"),
}
OUTCOME_LABELS: Mapping[str, Words] = {
    "created": _("New"),
    "changed": _("Changed"),
    "unchanged": _("Unchanged"),
    "deleted": _("Removed"),
    "refused": _("Refused"),
}


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Refusals or doubts of one code: headline, an example with its place, what to do."""

    code: str
    title: str
    example: str
    place: str
    advice: str
    count: int
    is_doubt: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the board with what it asks for in words."""

    row: BoardRow
    kind: str
    attention: Sequence[ShownAttention]
    errors_label: str


@dataclass(frozen=True, slots=True)
class ShownOption:
    """A setting with its value, as it was told where it was wrong, and what is wrong with it."""

    option: Option
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A session in a list: its kind in words, its figures, what it changed."""

    session: Exchange
    kind: str
    figures: SessionFigures
    summary: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of a session: state in words, what stopped it and what to do, refusals by code."""

    file: InboxFile
    state: str
    tone: str
    content: str
    reason: str
    advice: str
    groups: Sequence[ShownGroup]


def shown_board(rows: Iterable[BoardRow]) -> list[ShownRow]:
    """Rows of the board in words."""
    return [
        ShownRow(row, kind_title(row.connection.kind), shown_attention(row.attention), _errors_label(row))
        for row in rows
    ]


def _errors_label(row: BoardRow) -> str:
    count = row.error_count
    return ngettext("%(number)s error in two weeks", "%(number)s errors in two weeks", count) % _number(count)


def shown_options(
    connection: Connection, told: Mapping[str, str] | None = None, problems: Mapping[str, str] | None = None
) -> list[ShownOption]:
    """The settings of a connection; after a refused change, as they were `told`, with what is wrong."""
    chosen = options_of(connection.kind, connection.options)
    return [
        ShownOption(
            option,
            str((told or {}).get(option.name, chosen[option.name])),
            str(words.PROBLEMS[problems[option.name]]) % {"least": option.least, "most": option.most}
            if problems and option.name in problems
            else "",
        )
        for option in format_of(connection.kind).options
    ]


def shown_sessions(found: Iterable[Exchange], figures: Mapping[int, SessionFigures]) -> list[ShownSession]:
    """Sessions in words."""
    return [
        ShownSession(one, session_kind(one.kind), figures[one.pk], session_summary(figures[one.pk])) for one in found
    ]


def session_kind(kind: str) -> str:
    """The name of a kind of session."""
    return str(SESSION_KINDS.get(kind, kind))


def shown_files(files: Iterable[InboxFile], groups: Mapping[int, Sequence[RefusalGroup]]) -> list[ShownFile]:
    """Files in words, with what was refused in each."""
    return [_shown_file(file, groups.get(file.pk, ())) for file in files]


def _shown_file(file: InboxFile, groups: Sequence[RefusalGroup]) -> ShownFile:
    label, tone = FILE_STATES[file.state]
    return ShownFile(
        file=file,
        state=str(label),
        tone=tone,
        content=str(CONTENTS[file.content]),
        reason=words.sentence_of(file.error) if file.error else "",
        advice=words.advice(str(file.error["code"])) if file.error else "",
        groups=shown_groups(groups),
    )


@dataclass(frozen=True, slots=True)
class ShownCount:
    """Counts of one kind under its name."""

    label: str
    counts: KindCounts


@dataclass(frozen=True, slots=True)
class ShownRefusal:
    """One refusal or doubt: its place in the file, headline, sentence."""

    place: str
    title: str
    text: str
    external_id: str
    is_doubt: bool


def shown_counts(counts: Iterable[KindCounts]) -> list[ShownCount]:
    """Counts under the names of their kinds."""
    return [ShownCount(count_label(one.kind), one) for one in counts]


def shown_refusals(rows: Iterable[Refusal]) -> list[ShownRefusal]:
    """Refusals in words."""
    return [
        ShownRefusal(
            place=row.place,
            title=words.title(row.code),
            text=words.sentence(row.code, row.params),
            external_id=row.external_id,
            is_doubt=row.is_doubt,
        )
        for row in rows
    ]


def kind_title(kind: str) -> str:
    """The name of a kind of connection; its code where the plugin is gone."""
    return str(format_of(kind).title) if kind in {one.kind for one in formats()} else kind


def session_summary(figures: SessionFigures) -> list[str]:
    """What a session changed, most telling first: «Products: 120 new, 3 changed»."""
    told = sorted(figures.counts, key=lambda one: _rank(one.kind))
    return [text for text in map(_count_text, told) if text]


def count_label(kind: str) -> str:
    """The name of a kind of object in tables of counts."""
    return str(COUNT_KINDS.get(kind, kind))


def ordered_counts(counts: Iterable[KindCounts]) -> list[KindCounts]:
    """Counts by kind in the order of the labels: what others refer to first."""
    return sorted(counts, key=lambda one: _rank(one.kind))


def _rank(kind: str) -> int:
    order = ("product", "price", "stock", "order", "shipment", "payment", "document", "media", *COUNT_KINDS)
    return order.index(kind) if kind in order else len(order)


def _count_text(one: KindCounts) -> str:
    parts = [
        ngettext("%(number)s new", "%(number)s new", one.created) % _number(one.created) if one.created else "",
        ngettext("%(number)s changed", "%(number)s changed", one.changed) % _number(one.changed) if one.changed else "",
        ngettext("%(number)s removed", "%(number)s removed", one.deleted) % _number(one.deleted) if one.deleted else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f"{count_label(one.kind)}: {told}" if told and one.kind != "file" else ""


def _number(number: int) -> dict[str, str]:
    return {"number": format_number(number, _language())}


def _language() -> str:
    return translation.get_language() or "en"


def shown_groups(groups: Sequence[RefusalGroup]) -> list[ShownGroup]:
    """Groups of refusals in words, each with its first as the example."""
    return [
        ShownGroup(
            code=group.code,
            title=words.title(group.code),
            example=words.sentence(group.code, group.example.params),
            place=group.example.place,
            advice=words.advice(group.code),
            count=group.count,
            is_doubt=group.is_doubt,
        )
        for group in groups
    ]


@deeds.says("connection_options_changed")
def _say_options_changed(params: Mapping[str, object]) -> str:
    return gettext("Settings were changed: %(what)s") % {"what": _changed_options(params)}


def _changed_options(params: Mapping[str, object]) -> str:
    changed = params.get("changed")
    if not isinstance(changed, Mapping):
        return ""
    kind = str(params.get("kind", ""))
    known = format_of(kind).options if kind in {one.kind for one in formats()} else ()
    labels = {option.name: option for option in known}
    told = []
    for name, (before, after) in changed.items():
        option = labels.get(name)
        choices = {value: str(label) for value, label in option.choices} if option else {}
        label = gettext("Name") if name == "name" else str(option.label) if option else name
        told.append(f"{label}: {choices.get(before, before) or '—'} → {choices.get(after, after) or '—'}")
    return "; ".join(told)
