"""The manager's list: orders that did not confirm by themselves, and the answers to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now, today_at
from zveno.orders.actions.confirm_as_is import confirm_as_is
from zveno.orders.actions.confirm_by_earliest import confirm_by_earliest
from zveno.orders.actions.confirm_for_day import confirm_for_day
from zveno.orders.actions.reduce_to_available import reduce_to_available
from zveno.orders.actions.reject_order import reject_order
from zveno.orders.actions.say_on_order import say_on_order
from zveno.orders.queries.order_list import AttentionRow, attention_list
from zveno.orders.queries.order_page import order_page
from zveno.orders.shown import attention_phrase
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.ui.formats import format_date
from zveno.ui.typed import date_of

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the list: the order, why it waits in one phrase, the two likeliest answers as (code, words)."""

    row: AttentionRow
    why: str
    answers: tuple[tuple[str, str], ...]
    late: bool


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """What waits for the manager, the costliest to wait first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = attention_list(seller_id=actor.company_id, now=now(), time_zone=actor.time_zone)
    today = today_at(actor.time_zone)
    told = {
        "rows": [_waiting(row, today) for row in found[:SHOWN]],
        "count": len(found),
        "total": sum(row.order.total for row in found),
        "currency": found[0].order.currency if found else "RUB",
        "may_decide": Right.SALES_DECIDE in actor.rights,
    }
    return render(request, "portal/selling/decisions.html", told)


@require_POST
def decide(request: HttpRequest, order_id: int, answer: str) -> HttpResponse:
    """Answer an order. From the list only its row comes back, from the order's page the page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    moment = now()
    _answer(request, actor, order_id, answer, moment)
    if not request.headers.get("HX-Request"):
        return redirect("selling:order", order_id)
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    return render(request, "portal/selling/decided.html", {"order": page.order})


@require_POST
def say(request: HttpRequest, order_id: int) -> HttpResponse:
    """Say something on the order: the buyer reads it in its history."""
    say_on_order(order_id=order_id, words=request.POST.get("words", ""), now=now())
    return redirect("selling:order", order_id)


def answer_words(answer: str, earliest: date | None = None) -> str:
    """What an answer is called on its button."""
    language = translation.get_language() or "en"
    match answer:
        case "earliest":
            day = format_date(earliest, language, "day") if earliest else ""
            return _("Confirm for %(day)s") % {"day": day} if day else _("Confirm for the earliest day")
        case "reduce":
            return _("Reduce to what is there")
        case "as_is":
            return _("Confirm as it is")
        case "reject":
            return _("Reject…")
    return ""


def earliest_of(reasons: tuple[dict[str, object], ...]) -> date | None:
    """The day by which everything an order lacks could be there; None when that is not known."""
    days = [str(reason["params"].get("earliest", "")) for reason in reasons if "earliest" in reason["params"]]  # type: ignore[attr-defined, operator]
    return max(date.fromisoformat(day) for day in days) if days and all(days) else None


def _answer(request: HttpRequest, actor: Actor, order_id: int, answer: str, moment: datetime) -> None:
    match answer:
        case "as_is":
            confirm_as_is(order_id=order_id, now=moment)
        case "earliest":
            confirm_by_earliest(order_id=order_id, now=moment)
        case "reduce":
            reduce_to_available(order_id=order_id, now=moment)
        case "reject":
            reject_order(order_id=order_id, words=request.POST.get("words", ""), now=moment)
        case "day":
            today = today_at(actor.time_zone)
            day = date_of(request.POST.get("day", "")) or today
            confirm_for_day(order_id=order_id, day=day, today=today, now=moment)
        case _:
            raise Http404


def _waiting(row: AttentionRow, today: date) -> Waiting:
    earliest = earliest_of(row.order.attention)
    return Waiting(
        row=row,
        why=attention_phrase(row.order.attention),
        answers=tuple((answer, answer_words(answer, earliest)) for answer in row.answers),
        late=row.order.wished_on is not None and row.order.wished_on <= today,
    )
