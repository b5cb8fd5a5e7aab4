"""The page of an order, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zveno.orders.queries.order_page import LineValue, OrderPage
from zveno.orders.rules.states import OrderState
from zveno.orders.shown import When, reason_words, state_tone, state_word, steps_of, when_covered
from zveno.orders.told import event_of
from zveno.pricing.words import reasons_of
from zveno.ui.parts import Reason


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what covers a line: from a shelf, or with goods that come on a day."""

    warehouse: str
    on: date | None
    quantity: Decimal
    is_sure: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of an order as it is drawn."""

    value: LineValue
    reasons: list[Reason]
    when: When | None
    waits: str
    parts: list[Part]


def told_of(page: OrderPage, *, in_full: bool = False) -> dict[str, Any]:
    """What the page of an order shows to either side and to the operator, by the names its templates use.

    `in_full`: prices are explained as the seller's people read them, with what others outdid and who set each.
    """
    waits = {reason["line"]: reason_words(reason) for reason in page.order.attention}
    open_states = (OrderState.REJECTED, OrderState.CANCELLED)
    return {
        "page": page,
        "order": page.order,
        "state_word": state_word(page.order.state),
        "state_tone": state_tone(page.order.state),
        "steps": steps_of(page),
        "events": [event_of(event) for event in page.events],
        "waiting": page.order.state is OrderState.PLACED,
        "settling": page.is_settling,
        "with_manager": page.order.state is OrderState.ATTENTION,
        "reasons": [reason_words(reason) for reason in page.order.attention],
        "stopped": page.order.state in open_states,
        "lines": [_line(line, page, waits.get(line.position, ""), in_full) for line in page.lines],
        "shipped": any(line.shipped_quantity for line in page.lines),
    }


def _line(line: LineValue, page: OrderPage, waits: str, in_full: bool) -> ShownLine:
    decided = page.order.state is not OrderState.PLACED
    covered = bool(line.promise) or line.uncovered > 0
    when = when_covered(line.promise, line.uncovered, on=line.promised_on) if decided and covered else None
    return ShownLine(
        line,
        [*reasons_of(line.price_trace, full=in_full), *_delivery_reasons(line)],
        when,
        waits,
        [_part(pin) for pin in line.promise],
    )


def _part(pin: Mapping[str, str]) -> Part:
    return Part(
        warehouse=pin["warehouse"],
        on=date.fromisoformat(pin["on"]) if pin["on"] else None,
        quantity=Decimal(pin["quantity"]),
        is_sure="unsure" not in pin,
        is_late="late" in pin,
    )


def _delivery_reasons(line: LineValue) -> list[Reason]:
    """What the manager put onto the price for delivery (F11)."""
    shares = [Decimal(step["amount"]) for step in line.price_trace if step.get("code") == "delivery_share"]
    return [Reason(_("Delivery, spread over the prices: for the whole line"), "", share) for share in shares]
