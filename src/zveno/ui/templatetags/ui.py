"""Tags and filters of every page. The reference with samples is `docs/ui.md`; the living one is `/ui/guide`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from zveno.kit.money import Money
from zveno.ui import assets, formats
from zveno.ui.charts import Chart
from zveno.ui.navigation import Item
from zveno.ui.pages import ListPage, replaced

register = template.Library()

SIGNS = {
    "": "point",
    "info": "clock",
    "active": "progress",
    "good": "check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
}


def _lang() -> str:
    return translation.get_language() or "en"


def _amount(value: Money | Decimal | int | None, currency: str) -> tuple[Decimal | int | None, str]:
    return (value.amount, value.currency) if isinstance(value, Money) else (value, currency or "RUB")


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of Tabler by name. Without `label` it is decoration and unheard by a screen reader."""
    paths = mark_safe(assets.icon_paths(name))  # noqa: S308 built from the package, not from input
    heard = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon {}" viewBox="0 0 24 24" {}>{}</svg>', css, heard, paths)


@register.simple_tag
def asset(name: str) -> SafeString:
    """Styles and script of an entry: `main` is in the frame already; `charts` goes to pages that draw."""
    found = assets.entry(name)
    styles = format_html_join("", '<link rel="stylesheet" href="{}">', ((static(path),) for path in found.styles))
    ahead = format_html_join("", '<link rel="modulepreload" href="{}">', ((static(path),) for path in found.imports))
    return format_html('{}{}<script type="module" src="{}"></script>', styles, ahead, static(found.script))


@register.filter(name="money")
def money_text(value: Money | Decimal | int | None, currency: str = "") -> str:
    """`1 234,50 ₽` as plain text."""
    amount, kept = _amount(value, currency)
    return formats.format_money(amount, kept, _lang())


@register.simple_tag(name="money")
def money_tag(value: Money | Decimal | int | None, currency: str = "", digits: int | None = None) -> SafeString:
    amount, kept = _amount(value, currency)
    return format_html('<span class="z-num">{}</span>', formats.format_money(amount, kept, _lang(), digits=digits))


@register.filter(name="number")
def number_text(value: Decimal | int | None, digits: int | None = None) -> str:
    return formats.format_number(value, _lang(), digits=digits)


@register.simple_tag(name="number")
def number_tag(value: Decimal | int | None, digits: int | None = None) -> SafeString:
    return format_html('<span class="z-num">{}</span>', formats.format_number(value, _lang(), digits=digits))


@register.filter(name="percent")
def percent_text(share: Decimal | None, digits: int = 1) -> str:
    """A share (0.125) as `12,5 %`."""
    return formats.format_percent(share, _lang(), digits=digits)


@register.filter(name="quantity")
def quantity_text(value: Decimal | int | None, unit: str = "") -> str:
    return formats.format_quantity(value, _lang(), unit=unit)


@register.simple_tag(name="quantity")
def quantity_tag(value: Decimal | int | None, unit: str = "") -> SafeString:
    return format_html('<span class="z-num">{}</span>', formats.format_quantity(value, _lang(), unit=unit))


@register.filter(name="plain")
def plain_text(value: Decimal | int | None) -> str:
    """A figure for the value of an input: the decimal sign of the language, no grouping."""
    if value is None:
        return ""
    text = formats.format_number(value, _lang()).replace(formats.NBSP, "")
    return text.replace(",", "") if formats.language(_lang()) == "en" else text


@register.filter
def browser(user_agent: str) -> str:
    """`Chrome 141, Windows`."""
    return formats.format_browser(user_agent)


@register.filter(name="day")
def date_text(value: date | None, style: str = "full") -> str:
    """`17.04.2026`; styles full, day, month, long."""
    return formats.format_date(_local(value), _lang(), style)


@register.simple_tag(name="date")
def date_tag(value: date | None, style: str = "full") -> SafeString:
    if value is None:
        return SafeString(formats.NOTHING)
    local = _local(value)
    return format_html(
        '<time class="z-num" datetime="{}">{}</time>', f"{local:%Y-%m-%d}", formats.format_date(local, _lang(), style)
    )


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.simple_tag(name="moment")
def moment_tag(value: datetime | None, style: str = "full") -> SafeString:
    """Date and time on the reader's clock."""
    if value is None:
        return SafeString(formats.NOTHING)
    text = formats.format_moment(_local(value), _lang(), style)
    return format_html('<time class="z-num" datetime="{}">{}</time>', value.isoformat(timespec="seconds"), text)


@register.simple_tag(name="ago")
def ago_tag(value: datetime | None) -> SafeString:
    """How long ago, kept true by the page; the exact moment is in the title."""
    if value is None:
        return SafeString(formats.NOTHING)
    return format_html(
        '<time class="z-nowrap" data-ago datetime="{}" title="{}">{}</time>',
        value.isoformat(timespec="seconds"),
        formats.format_moment(_local(value), _lang()),
        formats.format_ago(timezone.now() - value, _lang()),
    )


@register.simple_tag
def state_badge(word: str, tone: str = "", sign: str = "") -> SafeString:
    """A state: its word, colour and sign. Tones: "" (neutral), info, active, good, warn, bad."""
    css = f"z-state z-tone-{tone}" if tone else "z-state"
    return format_html('<span class="{}">{}{}</span>', css, icon(sign or SIGNS.get(tone, "point")), word)


@register.simple_tag(takes_context=True)
def query_replace(context: Context, **changes: object) -> str:
    """The page's query string with values changed.

    None or "" removes one; any change but `page` returns to the first page.
    """
    request = context.get("request")
    return replaced(request.GET if request else QueryDict(), **changes)


@register.simple_tag
def sort_header(page: ListPage[Any], key: str, label: str, figure: bool = False, css: str = "") -> SafeString:
    """A `<th>` that sorts by `key`: first press as it stands (figures: greatest first), second turned round."""
    falling, rising = page.sort == f"-{key}", page.sort == key
    first = f"-{key}" if figure else key
    turned = key if falling else f"-{key}" if rising else first
    order = format_html(' aria-sort="{}"', "descending" if falling else "ascending") if falling or rising else ""
    sign = icon("chevron-up" if rising or (not falling and not figure) else "chevron-down")
    return format_html(
        '<th scope="col" class="{}"{}><a class="z-sort" href="{}">{}{}</a></th>',
        f"{'z-figure ' if figure else ''}{css}".strip(),
        order,
        page.address(sort=turned),
        label,
        sign,
    )


@register.inclusion_tag("ui/parts/pagination.html")
def pagination(page: ListPage[Any]) -> dict[str, object]:
    return {
        "page": page,
        "numbers": [(at, page.address(page=at)) for at in page.numbers()],
        "previous": page.address(page=page.number - 1),
        "next": page.address(page=page.number + 1),
    }


@register.inclusion_tag("ui/parts/chips.html")
def filter_chips(page: ListPage[Any]) -> dict[str, object]:
    return {"chips": page.chips}


@register.inclusion_tag("ui/parts/count.html")
def list_count(page: ListPage[Any], whole: int | None = None) -> dict[str, object]:
    """`12 of 340`: found and, when given, how many there are without filters."""
    return {"page": page, "whole": whole}


@register.inclusion_tag("ui/parts/empty.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "", sign: str = "inbox") -> dict[str, object]:
    """What would be here and how it gets here."""
    return {"title": title, "text": text, "url": url, "action": action, "sign": sign}


@register.inclusion_tag("ui/parts/note.html")
def note(text: str, tone: str = "info", url: str = "", action: str = "") -> dict[str, object]:
    """A message that stays on the page; `bad` is announced at once."""
    return {"text": text, "tone": tone, "url": url, "action": action, "sign": SIGNS.get(tone, "info-circle")}


@register.inclusion_tag("ui/parts/progress.html")
def progress(value: Decimal | int | None, total: Decimal | int, label: str = "") -> dict[str, object]:
    return {"value": value, "total": total, "label": label}


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, label: bool = True, css: str = "") -> dict[str, object]:
    """A form field: label, control, help, errors, tied for a screen reader."""
    kind = getattr(bound.field.widget, "input_type", bound.field.widget.__class__.__name__.lower())
    told = {"checkbox": "form-check-input", "select": "form-select"}.get(kind, "form-control")
    attrs: dict[str, str | bool] = {}
    if not hasattr(bound.field.widget, "subwidgets") or kind not in {"radio", "checkboxselectmultiple"}:
        attrs["class"] = " ".join(filter(None, [told, str(bound.field.widget.attrs.get("class", ""))]))
    if bound.field.widget.attrs.get("placeholder") == bound.label:
        attrs["placeholder"] = ""
    described = [
        f"{bound.auto_id}_{part}" for part, there in (("error", bound.errors), ("help", bound.help_text)) if there
    ]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    many = kind in {"radio", "checkboxselectmultiple"} or type(bound.field.widget).__name__ == "CheckboxSelectMultiple"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "labelled": label,
        "single_box": kind == "checkbox" and not many,
        "many": many,
        "css": css,
        "file": kind == "file",
    }


@register.inclusion_tag("ui/parts/fields.html")
def fields(form: BaseForm, label: bool = True) -> dict[str, object]:
    """All fields of a form, hidden ones and the form's own errors too."""
    return {"form": form, "labelled": label}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Sequence[Item], current: str, label: str = "") -> dict[str, object]:
    return {"items": items, "current": current, "label": label}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, object]:
    return {"events": list(events)}


@register.inclusion_tag("ui/parts/why.html")
def price_why(
    price: Money | Decimal | int | None, reasons: Iterable[Any], currency: str = "", url: str = ""
) -> dict[str, object]:
    """A price that tells its rules when asked."""
    amount, kept = _amount(price, currency)
    return {"amount": amount, "currency": kept, "reasons": reasons, "url": url}


@register.inclusion_tag("ui/parts/steps.html")
def steps(items: Iterable[Any], label: str = "") -> dict[str, object]:
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/stat.html")
def stat(
    label: str,
    value: str,
    change: Decimal | None = None,
    good: str = "up",
    hint: str = "",
    url: str = "",
) -> dict[str, object]:
    """A figure with its change: `value` already in words (`sum|money`), `change` a share, `good` the side that is
    welcome (up, down, none).
    """
    rising = change is not None and change > 0
    falling = change is not None and change < 0
    tone = "" if good == "none" or not (rising or falling) else "good" if (good == "up") == rising else "bad"
    sign = "arrow-up-right" if rising else "arrow-down-right" if falling else ""
    told = formats.format_percent(change, _lang(), signed=True) if change is not None else ""
    return {"label": label, "value": value, "change": told, "tone": tone, "sign": sign, "hint": hint, "url": url}


@register.simple_tag
def sparkline(values: Sequence[Decimal | int | None], label: str = "") -> SafeString:
    """A line the height of a row; for the shape, not for reading figures."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return SafeString("")
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = 94 / (len(known) - 1)
    points = " ".join(f"{1 + at * step:.1f},{22 - 20 * (value - low) / span:.1f}" for at, value in enumerate(known))
    heard = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="z-spark" viewBox="0 0 96 24" {}><polyline points="{}"/></svg>', heard, points)


@register.inclusion_tag("ui/parts/chart.html")
def chart(figure: Chart, name: str = "chart", opened: bool = False) -> dict[str, object]:
    """A chart with its table.

    The page also needs `{% asset "charts" %}` in the block `assets`. `name` is unique on the page.
    """
    unit = formats.currency_sign(figure.currency, _lang()) if figure.currency else figure.unit
    return {"chart": figure, "name": name, "payload": figure.payload(unit), "rows": figure.table(), "opened": opened}


@register.inclusion_tag("ui/parts/breadcrumb.html")
def breadcrumb(*crumbs: Any) -> dict[str, object]:
    """Pages above this one: values `Crumb`, or label and address in turn."""
    if crumbs and isinstance(crumbs[0], list | tuple):
        return {"crumbs": [(crumb.label, crumb.url) for crumb in crumbs[0]]}
    return {"crumbs": [pair for at, pair in enumerate(pairwise(crumbs)) if at % 2 == 0]}


@register.inclusion_tag("ui/parts/combobox.html")
def combobox(
    name: str,
    url: str,
    label: str,
    value: str = "",
    text: str = "",
    hint: str = "",
    css: str = "form-control",
    pick_url: str = "",
    pick_target: str = "",
    cell: str = "",
) -> dict[str, object]:
    """A field with suggestions from `url`.

    The choice goes as `name`, or is posted to `pick_url`. See docs/ui.md for the answer's shape.
    """
    return dict(locals())


@register.tag
def keep(parser: Parser, token: Token) -> KeepNode:
    """`{% keep name %}…{% endkeep %}`: renders once, so that a block may be shown twice."""
    name = token.split_contents()[1]
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(name, nodes)


class KeepNode(template.Node):
    def __init__(self, name: str, nodes: NodeList) -> None:
        self.name = name
        self.nodes = nodes

    def render(self, context: Context) -> str:
        context[self.name] = mark_safe(self.nodes.render(context).strip())  # noqa: S308 rendered by the template engine
        return ""
